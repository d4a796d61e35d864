package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SBOM that the build just made says what the package beside it contains. */
class SbomIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final Path SBOM = CHECKOUT.resolve("target/sbom/full.cdx.json");

    @TempDir
    Path folder;

    @Test
    void shouldListEveryJarThatIsShippedAndNoOther() throws Exception {
        Set<String> listed = components()
                .filter(component -> text(component, "purl").startsWith("pkg:maven/"))
                .filter(component -> !text(component, "name").equals("swagger-ui"))
                .map(component -> text(component, "group") + "." + text(component, "name") + "-"
                        + text(component, "version") + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(shippedJars());
    }

    @Test
    void shouldListThePackagesOfThePageAndWhatIsUnpacked() throws Exception {
        assertThat(components().map(component -> text(component, "purl")))
                .anyMatch(purl -> purl.matches("pkg:npm/vue@[0-9.]+"))
                .anyMatch(purl -> purl.startsWith("pkg:maven/org.webjars/swagger-ui@"))
                .noneMatch(purl -> purl.startsWith("pkg:npm/vite@"))
                .noneMatch(purl -> purl.contains("junit"));
    }

    @Test
    void shouldNameTheSumsOfTheVeryFiles() throws Exception {
        Map<String, String> sums = new TreeMap<>();
        components()
                .filter(component -> text(component, "purl").startsWith("pkg:maven/org.xerial/sqlite-jdbc@"))
                .forEach(component ->
                        component.path("hashes").forEach(hash -> sums.put(text(hash, "alg"), text(hash, "content"))));
        Path jar;
        try (Stream<Path> files = Files.walk(CHECKOUT.resolve("modulemanager-full/target/quarkus-app/lib"))) {
            jar = files.filter(file -> file.getFileName().toString().startsWith("org.xerial.sqlite-jdbc-"))
                    .findFirst()
                    .orElseThrow();
        }

        assertThat(sums).containsEntry("SHA-256", sha256(jar)).containsKey("SHA-512");
    }

    @Test
    void shouldGiveWhatIsUnpackedTheLicenceThatItsPomNames() throws Exception {
        JsonNode unpacked = components()
                .filter(component -> text(component, "name").equals("swagger-ui"))
                .findFirst()
                .orElseThrow();
        String version = text(unpacked, "version");
        Path pom = Path.of(System.getProperty("local.repository"))
                .resolve("org/webjars/swagger-ui/" + version + "/swagger-ui-" + version + ".pom");

        assertThat(unpacked.at("/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
        assertThat(pom).content().containsPattern("<license>\\s*<name>Apache-2\\.0</name>");
        assertThat(unpacked.path("hashes")).as("the lock lists it").isNotEmpty();
    }

    @Test
    void shouldReferOnlyToWhatItLists() throws Exception {
        JsonNode sbom = new ObjectMapper().readTree(SBOM.toFile());
        Set<String> listed = components()
                .map(component -> text(component, "bom-ref"))
                .collect(Collectors.toCollection(TreeSet::new));
        listed.add(sbom.at("/metadata/component/bom-ref").asText());
        Set<String> referred = new TreeSet<>();
        for (JsonNode dependency : sbom.get("dependencies")) {
            referred.add(text(dependency, "ref"));
            dependency.get("dependsOn").forEach(on -> referred.add(on.asText()));
        }

        assertThat(listed).containsAll(referred);
        assertThat(text(sbom, "serialNumber")).matches("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void shouldNameNeitherTheTimeNorTheFolderOfTheBuild() throws Exception {
        String sbom = Files.readString(SBOM);

        assertThat(sbom).doesNotContain(CHECKOUT.toString());
        assertThat(new ObjectMapper().readTree(sbom).at("/metadata/timestamp").isMissingNode())
                .isTrue();
    }

    @Test
    void shouldMatchThePageOfLicences() throws Exception {
        Command run = licences("--check '" + CHECKOUT.resolve("docs/licences.md") + "'", SBOM);

        assertThat(run.code()).as(run.output()).isZero();
    }

    @Test
    void shouldNoticeAStalePageOfLicences() throws Exception {
        Path page = Files.writeString(folder.resolve("licences.md"), "# Licences\n");

        Command run = licences("--check '" + page + "'", SBOM);

        assertThat(run.output()).contains("does not list what the SBOMs contain", "./mm deps licences");
        assertThat(run.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'[{\"license\":{\"id\":\"AGPL-3.0-only\"}}]', AGPL-3.0-only",
        "'[{\"license\":{\"name\":\"Commercial\"}}]', Commercial",
        "'[]', names no licence",
    })
    void shouldRefuseALicenceThatIsNotKnownToAllowUse(String licences, String named) throws Exception {
        Path sbom = Files.writeString(folder.resolve("x.cdx.json"), """
                {"components":[{"group":"a","name":"b","version":"1","purl":"pkg:maven/a/b@1","licenses":%s}]}
                """.formatted(licences));

        Command run = licences("'" + folder.resolve("out.md") + "'", sbom);

        assertThat(run.output()).contains("a:b 1: " + named, "Use another library");
        assertThat(run.code()).isEqualTo(1);
        assertThat(folder.resolve("out.md")).doesNotExist();
    }

    @Test
    void shouldSayHowToMakeAMissingSbom() throws Exception {
        Command run = licences("'" + folder.resolve("out.md") + "'", folder.resolve("none.cdx.json"));

        assertThat(run.output()).contains("none.cdx.json is missing", "./mm build");
        assertThat(run.code()).isEqualTo(1);
    }

    private static Set<String> shippedJars() throws IOException {
        try (Stream<Path> files = Files.walk(CHECKOUT.resolve("modulemanager-full/target/quarkus-app/lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<JsonNode> components() throws IOException {
        List<JsonNode> components = new ArrayList<>();
        new ObjectMapper().readTree(SBOM.toFile()).get("components").forEach(components::add);
        return components.stream();
    }

    private static String text(JsonNode component, String field) {
        return component.path(field).asText();
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private Command licences(String arguments, Path sbom) throws IOException, InterruptedException {
        String command =
                "node '" + CHECKOUT.resolve("launcher/sbom.mjs") + "' licences " + arguments + " '" + sbom + "'";
        return Command.run(folder, Map.of(), Duration.ofSeconds(30), List.of("bash", "-c", command));
    }
}
