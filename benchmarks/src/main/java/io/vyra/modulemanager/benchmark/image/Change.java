package io.vyra.modulemanager.benchmark.image;

/** A change somewhere in the sources. */
enum Change {
    /** On which everything else is built. */
    CORE(
            "one line of the core",
            "modulemanager-core/src/main/java/io/vyra/modulemanager/manager/RobotModuleManager.java"),
    /** Where most of the REST interface is. */
    API("one line of the API", "modulemanager-api/src/main/java/io/vyra/modulemanager/api/system/HealthResource.java"),
    PAGE("one line of the page", "frontend/src/main.ts"),
    /** What others could call is a change of everything that is built on it. */
    PUBLIC_METHOD("one public method more in the core", CORE.file);

    private final String label;
    private final String file;

    Change(String label, String file) {
        this.label = label;
        this.file = file;
    }

    String label() {
        return label;
    }

    /** Below the checkout. */
    String file() {
        return file;
    }

    /**
     * The source with one more line, which is another one for each number and changes what is built.
     *
     * @throws IllegalArgumentException when the source does not end as a class does
     */
    String in(String source, int number) {
        if (this == PAGE) {
            return source.stripTrailing() + "\ndocument.documentElement.dataset.change = '" + number + "'\n";
        }
        int end = source.lastIndexOf("\n}");
        if (end < 0) {
            throw new IllegalArgumentException(file + " does not end with the brace of a class.");
        }
        String member = this == PUBLIC_METHOD
                ? "public static int change" + number + "() { return " + number + "; }"
                : "static final String CHANGE = \"" + number + "\";";
        return source.substring(0, end) + "\n    " + member + source.substring(end);
    }
}
