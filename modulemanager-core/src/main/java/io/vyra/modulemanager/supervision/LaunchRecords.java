package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.ExitEvidence;
import org.jboss.logging.Logger;

/**
 * What is written down of a module's launches.
 *
 * <p>Nothing here fails: a full disk must not keep a module from being restarted or stopped. To be used from the supervisor's mailbox
 * only.
 */
final class LaunchRecords {
    private static final Logger LOG = Logger.getLogger(LaunchRecords.class);

    private final ModuleId module;
    private final SupervisionParts parts;

    LaunchRecords(ModuleId module, SupervisionParts parts) {
        this.module = module;
        this.parts = parts;
    }

    /** Where it cannot be written, the launch is looked into again later. */
    void ended(ExitEvidence evidence) {
        try {
            parts.history().recordExit(module, evidence);
            parts.registry().launchEnded(module, evidence.generation());
            parts.runtime().forget(module);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Exit not recorded module=%s evidence=%s", module, evidence.inWords());
        }
    }

    /** Its end is on record already: a crash came between that and the removal of what is left of it. */
    void endedBefore() {
        try {
            parts.runtime().forget(module);
        } catch (RuntimeException e) {
            LOG.warnf("Ended launch not tidied up module=%s cause=%s", module, e.getMessage());
        }
    }

    /** A number for people; the restart itself comes in any case. */
    void countRestart() {
        try {
            parts.registry().countRestart(module);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Restart not counted module=%s", module);
        }
    }
}
