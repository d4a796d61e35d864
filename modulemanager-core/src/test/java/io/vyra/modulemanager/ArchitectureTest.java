package io.vyra.modulemanager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the architecture that a compiler does not hold. */
@AnalyzeClasses(packagesOf = ModuleManager.class, importOptions = ImportOption.DoNotIncludeTests.class)
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
}
