package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program of {@code docker/build/rebuild}, on a checkout of one small module. */
class RebuildTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SHARED = """
            package robot;

            public class Arm {
                public static final int JOINTS = 6;
                static final int FINGERS = 5;
                private int angle;

                public int turn(int by) {
                    angle += by;
                    return angle;
                }

                private Runnable reset() {
                    return () -> angle = 0;
                }
            }
            """;

    private static final String LEG = """
            package robot.leg;

            import robot.Arm;

            public class Leg {
                public int toes = Arm.JOINTS - 1;
            }
            """;

    @TempDir
    private static Path tool;

    @TempDir
    private Path checkout;

    private Path source;
    private Path jar;

    @BeforeAll
    static void compileTool() throws Exception {
        try (Stream<Path> sources = Files.list(CHECKOUT.resolve("docker/build/rebuild"))) {
            compile(tool, List.of(), sources.toList());
        }
    }

    @BeforeEach
    void makeBuild() throws Exception {
        Files.writeString(checkout.resolve("pom.xml"), """
                <maven.compiler.release>25</maven.compiler.release>
                <maven.compiler.debuglevel>lines,source</maven.compiler.debuglevel>
                <maven.compiler.parameters>true</maven.compiler.parameters>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                """);
        source = file("modulemanager-core/src/main/java/robot/Arm.java", SHARED);
        file("modulemanager-core/src/main/java/robot/Hand.java", """
                package robot;

                import robot.leg.Leg;

                class Hand {
                    int fingers = Arm.FINGERS;
                    int toes = new Leg().toes;
                }
                """);
        file("modulemanager-core/src/main/java/robot/leg/Leg.java", LEG);
        file("modulemanager-core/pom.xml", "");
        jar = checkout.resolve(
                "modulemanager-full/target/quarkus-app/lib/main/io.vyra.modulemanager.modulemanager-core-1.jar");
        Files.createDirectories(jar.getParent());
        Files.createDirectories(jar.resolveSibling("../boot"));
        pack(jar, checkout.resolve("classes"));
        transformed("robot/Foot.class");
        record();
    }

    @Test
    void shouldGiveTheJarThatABuildWouldAfterAChangeOfAMethod() throws Exception {
        change("angle += by;", "angle += by % 360;");

        Command rebuild = rebuild();

        assertThat(rebuild.code()).as(rebuild.output()).isZero();
        assertThat(jar).hasSameBinaryContentAs(built());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "private int angle;         | private int angle; static final String CHANGE = \"1\";",
                "() -> angle = 0            | () -> angle = Integer.parseInt(\"0\")",
                "private Runnable reset() { | private int twice() { return 2 * angle; } private Runnable reset() {",
            })
    void shouldGiveTheJarThatABuildWouldAfterAChangeThatNobodyElseCanSee(String old, String changed) throws Exception {
        change(old, changed);

        Command rebuild = rebuild();

        assertThat(rebuild.code()).as(rebuild.output()).isZero();
        assertThat(jar).hasSameBinaryContentAs(built());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public int turn(int by)    | public int turn(long by)                      | looks different to others",
                "public int turn(int by)    | @Deprecated public int turn(int by)           | looks different to others",
                "private int angle;         | protected int angle;                          | looks different to others",
                "private int angle;         | @Deprecated private static int count; private int angle; | looks different to others",
                "private int angle;         | protected static int count; private int angle; | looks different to others",
                "JOINTS = 6                 | JOINTS = 7                                    | looks different to others",
                "FINGERS = 5                | FINGERS = 4                                   | though its source did not change",
                "() -> angle = 0            | new Runnable() { public void run() {} }       | is not in io.vyra",
                "angle += by;               | angle =                                       | does not compile",
            })
    void shouldLeaveWhatOthersSeeToABuild(String old, String changed, String reason) throws Exception {
        byte[] before = Files.readAllBytes(jar);
        change(old, changed);

        Command rebuild = rebuild();

        assertThat(rebuild.code()).as(rebuild.output()).isEqualTo(3);
        assertThat(rebuild.output()).contains("A whole build is needed", reason);
        assertThat(jar).hasBinaryContent(before);
    }

    @Test
    void shouldCompileThePackageOfAChangeAlone() throws Exception {
        // It would not compile, and the record takes it for the source of the build.
        Path leg = file("modulemanager-core/src/main/java/robot/leg/Leg.java", "no class");
        record();
        change("angle += by;", "angle += by % 360;");

        Command rebuild = rebuild();

        assertThat(rebuild.code()).as(rebuild.output()).isZero();
        Files.writeString(leg, LEG);
        assertThat(jar).hasSameBinaryContentAs(built());
    }

    @Test
    void shouldCompileAllPackagesThatChanged() throws Exception {
        file("modulemanager-core/src/main/java/robot/leg/Leg.java", LEG.replace("JOINTS - 1", "JOINTS - 2"));
        change("angle += by;", "angle += by % 360;");

        Command rebuild = rebuild();

        assertThat(rebuild.code()).as(rebuild.output()).isZero();
        assertThat(jar).hasSameBinaryContentAs(built());
    }

    @Test
    void shouldLeaveANewSourceToABuild() throws Exception {
        file("modulemanager-core/src/main/java/robot/Foot.java", "package robot; class Foot {}");

        Command rebuild = rebuild();

        assertThat(rebuild.code()).as(rebuild.output()).isEqualTo(3);
        assertThat(rebuild.output()).contains("has a source more or less");
    }

    @Test
    void shouldLeaveAClassThatQuarkusTransformsToABuild() throws Exception {
        transformed("robot/Arm.class");
        change("angle += by;", "angle += by % 360;");

        Command rebuild = rebuild();

        assertThat(rebuild.code()).as(rebuild.output()).isEqualTo(3);
        assertThat(rebuild.output()).contains("Quarkus transforms robot/Arm.class");
    }

    private void change(String old, String changed) throws IOException {
        assertThat(SHARED).contains(old);
        Files.writeString(source, SHARED.replace(old, changed));
    }

    private Command rebuild() throws Exception {
        return Command.run(
                checkout,
                Map.of(),
                LIMIT,
                List.of(
                        JDK.resolve("bin/java").toString(),
                        "-cp",
                        tool.toString(),
                        "rebuild.Rebuild",
                        checkout.toString(),
                        "full",
                        checkout.resolve("sources").toString()));
    }

    /** The jar of the sources as they are, made from nothing. */
    private Path built() throws Exception {
        Path target = checkout.resolve("built.jar");
        pack(target, checkout.resolve("built"));
        return target;
    }

    private void record() throws Exception {
        Command.run(
                        checkout,
                        Map.of(),
                        LIMIT,
                        List.of(
                                "sh",
                                "-c",
                                "find modulemanager-*/src/main/java -name '*.java' | xargs sha256sum >sources"))
                .successful();
    }

    private void transformed(String name) throws IOException {
        Path file = checkout.resolve("modulemanager-full/target/quarkus-app/quarkus/transformed-bytecode.jar");
        Files.createDirectories(file.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.closeEntry();
        }
    }

    private Path file(String path, String text) throws IOException {
        Path file = checkout.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** As the build does it: all sources at once, stored entries. */
    private void pack(Path target, Path classes) throws Exception {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(source.getParent())) {
            sources = files.filter(Files::isRegularFile).sorted().toList();
        }
        compile(classes, List.of("-g:lines,source", "-parameters", "--release", "25", "-proc:none"), sources);
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] content = Files.readAllBytes(file);
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry(classes.relativize(file).toString());
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
    }

    private static void compile(Path target, List<String> options, List<Path> sources) throws IOException {
        List<String> words = new ArrayList<>(List.of("-d", target.toString()));
        words.addAll(options);
        sources.forEach(each -> words.add(each.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)))
                .isZero();
    }
}
