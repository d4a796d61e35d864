package io.vyra.modulemanager.container;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the arrows point. */
@AnalyzeClasses(packagesOf = ContainerRuntime.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule adaptersAndFacesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vyra.modulemanager.api..", "io.vyra.modulemanager.zenoh..", "io.vyra.modulemanager.ros2..");

    @ArchTest
    static final ArchRule onlyTheAssemblyKnowsTheFramework = noClasses()
            .that()
            .resideOutsideOfPackage("..container.assembly..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..");

    @ArchTest
    static final ArchRule onlyTheEngineKnowsItsClient = noClasses()
            .that()
            .resideOutsideOfPackage("..container.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule partsAreFreeOfCycles =
            slices().matching("io.vyra.modulemanager.container.(*)..").should().beFreeOfCycles();
}
