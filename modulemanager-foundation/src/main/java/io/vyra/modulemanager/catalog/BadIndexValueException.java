package io.vyra.modulemanager.catalog;

/** A value of an index that cannot be used; ends the reading of its entry, not of the index. */
final class BadIndexValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param pointer JSON pointer (RFC 6901) from the document's root
     */
    BadIndexValueException(String pointer, String message) {
        super(message, null, false, false);
        this.pointer = pointer;
    }

    String pointer() {
        return pointer;
    }

    /** One reference token of a pointer (RFC 6901 section 3), shortened when a hostile key is very long. */
    static String escape(String key) {
        String shortened = key.length() <= 64 ? key : key.substring(0, 64);
        return shortened.replace("~", "~0").replace("/", "~1").replaceAll("\\p{Cntrl}", "?");
    }
}
