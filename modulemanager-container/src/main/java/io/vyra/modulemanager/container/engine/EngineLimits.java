package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.model.Info;
import io.vyra.modulemanager.container.settings.ContainerSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Which limits of containers an engine can enforce.
 *
 * @param rootless whether it runs as a user, for that user
 */
public record EngineLimits(boolean memory, boolean cpu, boolean processes, boolean rootless) {
    public static final EngineLimits ALL = new EngineLimits(true, true, true, false);

    /**
     * The kernel delegates no controllers of cgroup version 1 to users; engines without root leave limits out there, whatever they say of
     * the kernel.
     */
    static EngineLimits of(Info info) {
        // Docker says it among its security options, Podman in a member of its own.
        List<String> options = info.getSecurityOptions();
        boolean isRootless = Boolean.TRUE.equals(info.getRawValues().get("Rootless"))
                || options != null && options.stream().anyMatch(option -> option.contains("name=rootless"));
        Object version = info.getRawValues().get("CgroupVersion");
        boolean isDelegated =
                !isRootless || version != null && version.toString().equals("2");
        Object processes = info.getRawValues().get("PidsLimit");
        return new EngineLimits(
                isDelegated && !Boolean.FALSE.equals(info.getMemoryLimit()),
                isDelegated && !Boolean.FALSE.equals(info.getCpuCfsQuota()),
                isDelegated && !Boolean.FALSE.equals(processes),
                isRootless);
    }

    /** Which of these limits are not enforced, as sentences for the module's view. */
    public List<String> unenforced(ContainerSettings.Limits wanted) {
        List<String> words = new ArrayList<>();
        String why = rootless
                ? ": the container engine runs without root and was not given this control group controller"
                : ": the container engine cannot limit this on its machine";
        if (!memory && wanted.memoryBytes().isPresent()) {
            words.add("memory_limit" + why);
        }
        if (!memory && wanted.memoryReservationBytes().isPresent()) {
            words.add("memory_reservation" + why);
        }
        if (!cpu && wanted.cpuQuotaMicros().isPresent()) {
            words.add("cpu_limit" + why);
        }
        if (!cpu && wanted.cpuShares().isPresent()) {
            words.add("cpu_reservation" + why);
        }
        if (!processes) {
            words.add("number of processes" + why);
        }
        return words;
    }
}
