package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is sent to an engine that builds the image: what the Dockerfile copies, and nothing that was built here. */
class BuildContextTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?!--from)(?:--\\S+ )*(.*) \\S+$");

    @Test
    void shouldHoldNothingThatWasBuiltHere() throws Exception {
        List<String> context = context();

        assertThat(context)
                .contains(
                        "pom.xml", "docker/build/build.sh", "modulemanager-core/pom.xml", "frontend/package-lock.json")
                .noneMatch(path -> Stream.of(path.split("/"))
                        .anyMatch(part -> List.of("target", "node_modules", "dist", ".git", "data")
                                .contains(part)))
                .noneMatch(path -> path.contains("/src/test/") || path.endsWith(".md") || path.endsWith(".class"));
    }

    @Test
    void shouldHoldWhatTheDockerfileCopies() throws Exception {
        List<String> context = context();

        assertThat(copied())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(context)
                        .anyMatch(path -> path.equals(source) || path.startsWith(source.replaceFirst("/?$", "/"))));
    }

    @Test
    void shouldFetchTheDependenciesOfEveryPartOfTheProject() throws Exception {
        String parent = Files.readString(CHECKOUT.resolve("pom.xml"));
        List<String> poms = Pattern.compile("<module>([^<]+)</module>")
                .matcher(parent)
                .results()
                .map(module -> module.group(1) + "/pom.xml")
                .filter(pom -> !List.of("benchmarks/pom.xml", "image/pom.xml").contains(pom))
                .toList();

        assertThat(copied()).containsAll(poms);
    }

    private static List<String> copied() throws IOException {
        return COPY.matcher(Files.readString(CHECKOUT.resolve("docker/Dockerfile")))
                .results()
                .map(result -> result.group(1))
                .flatMap(sources -> Stream.of(sources.split(" ")))
                // All of it.
                .filter(source -> !source.equals("."))
                .toList();
    }

    private static List<String> context() throws IOException {
        List<Rule> rules = Files.readAllLines(CHECKOUT.resolve(".dockerignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Rule::of)
                .toList();
        List<String> files = new ArrayList<>();
        Files.walkFileTree(CHECKOUT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                // Too large to be looked at file by file; a rule for each is looked for instead.
                String path = CHECKOUT.relativize(folder).toString();
                boolean isLarge = List.of("node_modules", "target", ".git")
                        .contains(folder.getFileName().toString());
                if (isLarge && isSent(rules, path + "/file")) {
                    files.add(path + "/file");
                }
                return isLarge ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = CHECKOUT.relativize(file).toString();
                if (isSent(rules, path)) {
                    files.add(path);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** The last rule that names the file or a folder above it decides, as Docker's reference says. */
    private static boolean isSent(List<Rule> rules, String path) {
        boolean sent = true;
        for (Rule rule : rules) {
            if (rule.pattern().matcher(path).matches()) {
                sent = rule.isException();
            }
        }
        return sent;
    }

    private record Rule(boolean isException, Pattern pattern) {
        private static final Pattern SPECIAL = Pattern.compile("\\*\\*/?|\\*|\\?|[^*?]+");

        static Rule of(String line) {
            boolean isException = line.startsWith("!");
            String glob = line.substring(isException ? 1 : 0).strip();
            String regex = SPECIAL.matcher(glob)
                    .replaceAll(part -> java.util.regex.Matcher.quoteReplacement(translated(part)));
            return new Rule(isException, Pattern.compile(regex + "(?:/.*)?"));
        }

        private static String translated(MatchResult part) {
            return switch (part.group()) {
                case "**/" -> "(?:.*/)?";
                case "**" -> ".*";
                case "*" -> "[^/]*";
                case "?" -> "[^/]";
                default -> Pattern.quote(part.group());
            };
        }
    }
}
