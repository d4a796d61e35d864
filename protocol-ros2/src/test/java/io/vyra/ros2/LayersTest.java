package io.vyra.ros2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A library of its own: it needs the JDK and nothing else, and each package only those below it. */
@AnalyzeClasses(packages = "io.vyra.ros2", importOptions = DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule shouldNeedOnlyTheJdk =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "javax..", "io.vyra.ros2..");

    @ArchTest
    static final ArchRule shouldPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wire")
            .definedBy("io.vyra.ros2.wire")
            .layer("idl")
            .definedBy("io.vyra.ros2.idl")
            .layer("cdr")
            .definedBy("io.vyra.ros2.cdr")
            .layer("message")
            .definedBy("io.vyra.ros2.rtps.message")
            .layer("qos")
            .definedBy("io.vyra.ros2.rtps.qos")
            .layer("discovery")
            .definedBy("io.vyra.ros2.rtps.discovery")
            .layer("transport")
            .definedBy("io.vyra.ros2.rtps.transport")
            .layer("endpoint")
            .definedBy("io.vyra.ros2.rtps.endpoint")
            .layer("participant")
            .definedBy("io.vyra.ros2.rtps.participant")
            .layer("graph")
            .definedBy("io.vyra.ros2.graph")
            .whereLayer("graph")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("participant")
            .mayOnlyBeAccessedByLayers("graph")
            .whereLayer("endpoint")
            .mayOnlyBeAccessedByLayers("graph", "participant")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("graph", "participant")
            .whereLayer("discovery")
            .mayOnlyBeAccessedByLayers("graph", "participant")
            .whereLayer("qos")
            .mayOnlyBeAccessedByLayers("graph", "discovery", "endpoint", "participant")
            .whereLayer("message")
            .mayOnlyBeAccessedByLayers("graph", "discovery", "transport", "endpoint", "participant")
            .whereLayer("cdr")
            .mayOnlyBeAccessedByLayers("graph", "discovery", "participant")
            .whereLayer("idl")
            .mayOnlyBeAccessedByLayers("graph", "cdr")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("graph", "cdr", "message", "discovery", "endpoint", "participant");
}
