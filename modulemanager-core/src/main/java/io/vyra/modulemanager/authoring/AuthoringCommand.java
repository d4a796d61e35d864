package io.vyra.modulemanager.authoring;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line behind {@code ./mm pack} and {@code ./mm repo}.
 *
 * <p>Exit codes: 0 done, 1 a module, package or repository is wrong or the disk refused, 2 wrong arguments. Results go to the
 * standard output, everything else to the standard error.
 */
public final class AuthoringCommand {
    private static final String USAGE = """
            Usage:
              ./mm pack DIR [--out DIR]        build the package {name}_{version}.tar.gz of the module in DIR
              ./mm repo index DIR              write index.json for the packages in DIR/modules/{name}/{version}/
              ./mm repo add DIR PACKAGE...     copy packages to their places in DIR, then write its index.json
                [--image VARIANT=FILE]...      and beside the package named last the image archive of a variant
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    AuthoringCommand(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) {
        System.exit(new AuthoringCommand(System.out, System.err, Clock.systemUTC()).run(List.of(args)));
    }

    /** Runs one command and returns its exit code. */
    int run(List<String> args) {
        try {
            return dispatch(args);
        } catch (ProblemException e) {
            tell(e.problem());
            return 1;
        } catch (IOException e) {
            err.println("The disk refused: " + e);
            return 1;
        } catch (InvalidPathException e) {
            err.println("No usable path: " + e.getMessage());
            return 2;
        }
    }

    private int dispatch(List<String> args) throws IOException {
        if (args.contains("--help") || args.equals(List.of("help"))) {
            out.print(USAGE);
            return 0;
        }
        if (args.size() == 2 && args.getFirst().equals("pack") && !isOption(args.get(1))) {
            return pack(Path.of(args.get(1)), Path.of(""));
        }
        if (args.size() == 4 && args.getFirst().equals("pack") && args.get(2).equals("--out")) {
            return pack(Path.of(args.get(1)), Path.of(args.get(3)));
        }
        if (args.size() == 3 && args.subList(0, 2).equals(List.of("repo", "index")) && !isOption(args.get(2))) {
            return index(new RepositoryIndexer(clock), Path.of(args.get(2)));
        }
        if (args.size() >= 4 && args.subList(0, 2).equals(List.of("repo", "add"))) {
            return add(Path.of(args.get(2)), args.subList(3, args.size()));
        }
        err.print(USAGE);
        return 2;
    }

    private static boolean isOption(String argument) {
        return argument.startsWith("--");
    }

    private int pack(Path module, Path outFolder) throws IOException {
        BuiltPackage built = new PackageBuilder().build(module, outFolder.toAbsolutePath());
        built.warnings().forEach(warning -> err.println("Warning: " + warning));
        out.println(built.file() + "  " + built.size() + " bytes  sha256 " + built.checksum());
        return 0;
    }

    /** A package to add, and what lies beside it. */
    private record Addition(String packageFile, Map<String, Path> images) {}

    private int add(Path repository, List<String> arguments) throws IOException {
        Optional<List<Addition>> additions = additions(arguments);
        if (additions.isEmpty()) {
            err.println("--image takes VARIANT=FILE and follows the package that it belongs to");
            return 2;
        }
        RepositoryIndexer indexer = new RepositoryIndexer(clock);
        for (Addition addition : additions.get()) {
            BuiltPackage added = indexer.add(repository, Path.of(addition.packageFile()));
            added.warnings().forEach(warning -> err.println("Warning: " + addition.packageFile() + ": " + warning));
            out.println("Added " + added.file());
            for (Map.Entry<String, Path> image : addition.images().entrySet()) {
                out.println("Added " + ImagesBeside.add(added, image.getKey(), image.getValue()));
            }
        }
        return index(indexer, repository);
    }

    /** Empty when an image has no form, or no package before it: then nothing is added. */
    private static Optional<List<Addition>> additions(List<String> arguments) {
        List<Addition> additions = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (!argument.equals("--image")) {
                additions.add(new Addition(argument, new LinkedHashMap<>()));
                continue;
            }
            String[] image = rest.hasNext() ? rest.next().split("=", 2) : new String[0];
            if (image.length != 2 || additions.isEmpty()) {
                return Optional.empty();
            }
            additions.getLast().images().put(image[0], Path.of(image[1]));
        }
        return Optional.of(additions);
    }

    private int index(RepositoryIndexer indexer, Path repository) throws IOException {
        List<BuiltPackage> packages = indexer.index(repository);
        out.println("Indexed " + packages.size() + (packages.size() == 1 ? " package in " : " packages in ")
                + repository.resolve("index.json"));
        return 0;
    }

    private void tell(Problem problem) {
        err.println(problem.type().title() + ":");
        if (problem.errors().size() > 1) {
            problem.errors().forEach(error -> err.println("  " + error.detail()));
        } else {
            err.println("  " + problem.detail());
        }
    }
}
