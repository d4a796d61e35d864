package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.instance.InstanceHistory;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * What every supervisor works with; shared by all.
 *
 * @param executor runs mailboxes, each task on its own thread
 */
public record SupervisionParts(
        InstanceRegistry registry,
        InstanceHistory history,
        ModuleRuntime runtime,
        Launches launches,
        Prober prober,
        Suspension suspension,
        Needs needs,
        RestartPolicy policy,
        Timers timers,
        InstantSource clock,
        Executor executor,
        SupervisionListener listener) {
    private static final Logger LOG = Logger.getLogger(SupervisionParts.class);

    SupervisionParts withListener(SupervisionListener other) {
        return new SupervisionParts(
                registry,
                history,
                runtime,
                launches,
                prober,
                suspension,
                needs,
                policy,
                timers,
                clock,
                executor,
                other);
    }

    void recordTransition(ModuleId module, InstanceState from, InstanceState to) {
        try {
            history.recordTransition(new TransitionView(
                    module.toString(),
                    to.since(),
                    from.phase().wire(),
                    to.phase().wire(),
                    to.reason()));
        } catch (RuntimeException e) {
            // History is for people; a full disk must not keep a module from changing its state.
            LOG.errorf(
                    e,
                    "Transition not recorded module=%s to=%s",
                    module,
                    to.phase().wire());
        }
    }
}
