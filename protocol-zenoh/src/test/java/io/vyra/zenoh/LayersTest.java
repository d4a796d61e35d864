package io.vyra.zenoh;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A library of its own: it needs the JDK and nothing else, and each package only those below it. */
@AnalyzeClasses(packages = "io.vyra.zenoh", importOptions = DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule shouldNeedOnlyTheJdk =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "javax..", "io.vyra.zenoh..");

    @ArchTest
    static final ArchRule shouldPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wire")
            .definedBy("io.vyra.zenoh.wire")
            .layer("keyexpr")
            .definedBy("io.vyra.zenoh.keyexpr")
            .layer("message")
            .definedBy("io.vyra.zenoh.message")
            .layer("link")
            .definedBy("io.vyra.zenoh.link")
            .layer("transport")
            .definedBy("io.vyra.zenoh.transport")
            .layer("session")
            .definedBy("io.vyra.zenoh.session")
            .layer("router")
            .definedBy("io.vyra.zenoh.router")
            .whereLayer("router")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("router")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("session", "router")
            .whereLayer("link")
            .mayOnlyBeAccessedByLayers("transport", "session", "router")
            .whereLayer("message")
            .mayOnlyBeAccessedByLayers("transport", "session", "router")
            .whereLayer("keyexpr")
            .mayOnlyBeAccessedByLayers("session", "router")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("message", "transport", "session", "router");
}
