package io.vyra.modulemanager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules of the architecture that a compiler does not hold. */
@AnalyzeClasses(
        packagesOf = ModuleManager.class,
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {

    @ArchTest
    static final ArchRule coreKnowsNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "jakarta..", "javax.inject..", "io.vertx..", "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Impl|Manager2)(\\$.*)?");

    @ArchTest
    static final ArchRule foundationsDoNotKnowWhatIsBuiltOnThem = noClasses()
            .that()
            .resideInAnyPackage("..catalog..", "..module..", "..runtime..", "..state..", "..store..", "..yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..modulemanager.operation..", "..modulemanager.supervision..");

    @ArchTest
    static final ArchRule whatAModuleIsKnowsNoPlace = noClasses()
            .that()
            .resideInAPackage("..modulemanager.module..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..modulemanager.catalog..", "..modulemanager.store..", "..modulemanager.runtime..");

    @ArchTest
    static final ArchRule nothingUsesTheAuthoringTools = noClasses()
            .that()
            .resideOutsideOfPackage("..authoring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..authoring..");

    @ArchTest
    static final ArchRule foundationsAreFreeOfCycles = slices().matching(
                    "io.vyra.modulemanager.(catalog|module|problem|runtime|state|store|yaml)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule constructorsTakeWhatAnObjectNeeds = fields().should()
            .notBeAnnotatedWith("jakarta.inject.Inject")
            .andShould()
            .notBeAnnotatedWith("javax.inject.Inject");

    @ArchTest
    static void shouldHaveEachPackageInOneModule(JavaClasses classes) {
        Map<String, Set<String>> modules = new TreeMap<>();
        for (JavaClass found : classes) {
            modules.computeIfAbsent(found.getPackageName(), name -> new TreeSet<>())
                    .add(placeOf(found));
        }

        assertThat(modules)
                .hasSizeGreaterThan(10)
                .allSatisfy((name, places) -> assertThat(places)
                        .as("modules that have package %s", name)
                        .hasSize(1));
    }

    /** The jar or the folder that a class is of. */
    private static String placeOf(JavaClass found) {
        String address = found.getSource().orElseThrow().getUri().toString();
        return address.substring(0, address.lastIndexOf(found.getPackageName().replace('.', '/')));
    }

    /** What the tests of both modules share, once it is packed. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }
}
