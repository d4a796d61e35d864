package io.vyra.modulemanager.ros2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the arrows point. */
@AnalyzeClasses(packagesOf = Ros2Face.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule facesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vyra.modulemanager.api..", "io.vyra.modulemanager.zenoh..", "jakarta.ws.rs..", "io.vertx..");

    @ArchTest
    static final ArchRule onlyTheAssemblyAndTheConfigurationKnowTheFramework = noClasses()
            .that()
            .resideOutsideOfPackage("..ros2.assembly..")
            .and()
            .haveNameNotMatching(".*\\.(Ros2Configuration(\\$.*)?|BridgeSettings)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..");

    @ArchTest
    static final ArchRule onlyProvidersSpeakRos2 = noClasses()
            .that()
            .resideOutsideOfPackages("..ros2.provider..", "..ros2.rcljava..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "io\\.vyra\\.ros2\\.(graph\\.(Ros|Publisher|Subscription|Service(Client|Server)|Action|ParameterServer|GraphSnapshot).*"
                            + "|rtps\\.participant\\.(Participant|DataReader|DataWriter))");

    @ArchTest
    static final ArchRule nobodyRefersToTheAdapterForRcljava = noClasses()
            .that()
            .resideOutsideOfPackage("..ros2.rcljava..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..ros2.rcljava..", "org.ros2..", "rcl_interfaces..");
}
