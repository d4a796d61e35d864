package io.vyra.module;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Modules ship this library: it brings nothing along but the Zenoh protocol, and does not know the manager. */
@AnalyzeClasses(packages = "io.vyra.module", importOptions = DoNotIncludeTests.class)
class DependenciesTest {
    @ArchTest
    static final ArchRule shouldNeedOnlyZenohAndTheJdk = classes()
            .that()
            .resideInAnyPackage("io.vyra.module", "io.vyra.module.json")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.vyra.zenoh..", "io.vyra.module", "io.vyra.module.json");
}
