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
            .whereLayer("cdr")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("idl")
            .mayOnlyBeAccessedByLayers("cdr")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("cdr");
}
