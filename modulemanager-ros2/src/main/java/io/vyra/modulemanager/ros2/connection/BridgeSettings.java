package io.vyra.modulemanager.ros2.connection;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.modulemanager.ros2.provider.Providers;
import io.vyra.modulemanager.ros2.provider.RclJavaSettings;
import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.graph.ContextSettings;
import io.vyra.ros2.graph.ServiceConvention;
import io.vyra.ros2.idl.DefinitionException;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the bridge is run with, read and checked.
 *
 * @param context  how the manager is part of the graph, and which interfaces it knows
 * @param provider what speaks ROS 2 for it
 * @param role     what anybody in the graph may do with the manager
 * @param echoes   topics that may be followed
 * @param publish  topics that may be published on; empty for none
 * @param call     services that may be called; empty for none
 * @param mostEchoes at a time
 */
public record BridgeSettings(
        ContextSettings context,
        RosProvider provider,
        Role role,
        Pattern echoes,
        Optional<Pattern> publish,
        Optional<Pattern> call,
        int mostEchoes) {
    /** What others see of the participant. */
    private static final String NAME = "VYRA module manager";

    private static final int MOST_ECHOES = 256;

    /** @throws BridgeSettingsException when a setting is wrong; the message says what to do */
    public static BridgeSettings of(Ros2Configuration configuration) {
        ContextSettings context = ContextSettings.of(discovery(configuration), NAME)
                .withTypes(new MessageTypes(registry(configuration.interfaces().orElse(List.of()))))
                .withDistribution(
                        switch (configuration.distribution()) {
                            case HUMBLE -> ContextSettings.Distribution.HUMBLE;
                            case IRON_OR_LATER -> ContextSettings.Distribution.IRON_OR_LATER;
                        });
        Optional<ServiceConvention> convention = configuration.services().map(services -> switch (services) {
            case FAST_DDS -> ServiceConvention.FAST_DDS;
            case CYCLONE_DDS -> ServiceConvention.CYCLONE_DDS;
        });
        int mostEchoes = configuration.maxEchoes();
        if (mostEchoes < 1 || mostEchoes > MOST_ECHOES) {
            throw new BridgeSettingsException("The setting mm.ros2.max-echoes must be between 1 and " + MOST_ECHOES
                    + " but is " + mostEchoes + ".");
        }
        ContextSettings complete = convention.map(context::withConvention).orElse(context);
        Map<String, String> variables = variables(configuration);
        convention.ifPresent(it -> variables.put("RMW_IMPLEMENTATION", rmw(it)));
        return new BridgeSettings(
                complete,
                Providers.named(
                        configuration.provider(),
                        complete,
                        RclJavaSettings.of(configuration.rcljavaJars().orElse(List.of()), variables)),
                Role.valueOf(configuration.role().name()),
                pattern("mm.ros2.echo-allowed", configuration.echoAllowed()),
                configuration.publishAllowed().map(text -> pattern("mm.ros2.publish-allowed", text)),
                configuration.callAllowed().map(text -> pattern("mm.ros2.call-allowed", text)),
                mostEchoes);
    }

    private static String rmw(ServiceConvention convention) {
        return switch (convention) {
            case FAST_DDS -> "rmw_fastrtps_cpp";
            case CYCLONE_DDS -> "rmw_cyclonedds_cpp";
        };
    }

    /** What the settings say, as the variables of ROS 2 that say the same. */
    private static Map<String, String> variables(Ros2Configuration configuration) {
        Map<String, String> environment = new HashMap<>();
        configuration.domainId().ifPresent(text -> environment.put("ROS_DOMAIN_ID", text));
        configuration.localhostOnly().ifPresent(text -> environment.put("ROS_LOCALHOST_ONLY", text));
        configuration
                .automaticDiscoveryRange()
                .ifPresent(text -> environment.put("ROS_AUTOMATIC_DISCOVERY_RANGE", text));
        configuration.staticPeers().ifPresent(text -> environment.put("ROS_STATIC_PEERS", text));
        return environment;
    }

    private static DiscoverySettings discovery(Ros2Configuration configuration) {
        try {
            return DiscoverySettings.of(variables(configuration));
        } catch (IllegalArgumentException e) {
            throw new BridgeSettingsException(
                    "The bridge to ROS 2 cannot be set up: " + e.getMessage()
                            + ". Correct it, or switch the bridge off with mm.ros2.enabled=false.",
                    e);
        }
    }

    private static TypeRegistry registry(List<Path> folders) {
        TypeRegistry registry = TypeRegistry.shipped().with(InterfacePackage.definitions());
        for (Path folder : folders) {
            try {
                registry = registry.with(folder);
            } catch (DefinitionException e) {
                throw new BridgeSettingsException("mm.ros2.interfaces cannot be used: " + e.getMessage() + ".", e);
            }
        }
        return registry;
    }

    private static Pattern pattern(String key, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new BridgeSettingsException(
                    "The setting " + key + " is no regular expression: " + e.getDescription() + " in " + text + ".", e);
        }
    }
}
