package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.OperationRequest;
import io.vyra.modulemanager.operation.OperationRequest.Deploy;
import io.vyra.modulemanager.operation.OperationRequest.Drive;
import io.vyra.modulemanager.operation.OperationRequest.Remove;
import io.vyra.modulemanager.operation.OperationRequest.Rollback;
import io.vyra.modulemanager.operation.Sagas;
import io.vyra.modulemanager.operation.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.semver4j.Semver;

/** Knows the order of steps of each kind of operation. */
public final class ModuleSagas implements Sagas {
    private final SagaParts parts;

    public ModuleSagas(SagaParts parts) {
        this.parts = parts;
    }

    @Override
    public List<Step> stepsOf(Kind kind, OperationRequest request) {
        return switch (request) {
            case Deploy deploy -> deploy(deploy);
            case Rollback rollback -> rollback(rollback);
            case Remove remove -> remove(remove);
            case Drive drive ->
                List.of(new DriveStep(id(drive.moduleId()), kind, drive.desired(), drive.restart(), parts));
        };
    }

    /**
     * Everything is fetched, unpacked and checked before the first running module is touched. An installation is final before
     * its modules start; an update is final only after probation.
     */
    private List<Step> deploy(Deploy deploy) {
        List<Subject> subjects = deploy.plan().steps().stream().map(Subject::of).toList();
        boolean isUpdate = subjects.stream()
                .anyMatch(subject -> subject.id().toString().equals(deploy.moduleId())
                        && subject.from().isPresent());
        List<Step> steps = new ArrayList<>();
        for (Subject subject : subjects) {
            boolean uploaded =
                    deploy.file().isPresent() && subject.id().toString().equals(deploy.moduleId());
            steps.add(
                    uploaded
                            ? new AcceptUploadStep(
                                    subject, parts.store().located(deploy.file().get()), parts)
                            : new FetchStep(subject, parts));
        }
        for (PlannedModule planned : deploy.plan().steps()) {
            steps.add(new UnpackStep(Subject.of(planned), planned, deploy.plan(), parts));
        }
        subjects.forEach(subject -> steps.add(new CommitStep(subject, parts)));
        List<Step> afterwards = new ArrayList<>();
        for (PlannedModule planned : deploy.plan().steps()) {
            Subject subject = Subject.of(planned);
            if (subject.from().isPresent()) {
                replaceVersion(subject, planned.mayStartFirst(), steps);
            } else {
                steps.add(new SwitchStep(subject, parts));
                (isUpdate ? steps : afterwards).add(new StartInstalledStep(subject, deploy.start(), parts));
            }
        }
        steps.add(new FinishStep(subjects, parts));
        steps.addAll(afterwards);
        return steps;
    }

    private void replaceVersion(Subject subject, boolean mayStartFirst, List<Step> steps) {
        if (mayStartFirst) {
            replaceVersionBesideIt(subject, steps);
            return;
        }
        steps.add(new StopStep(subject.id(), "stopped for the update to " + subject.version(), parts));
        steps.add(new SnapshotStep(subject, parts));
        steps.add(new SwitchStep(subject, parts));
        steps.add(new StartNewVersionStep(subject, parts));
        steps.add(new ProbationStep(subject, parts));
    }

    /** The first step chooses, because only then it is known; those of the other order do nothing. */
    private void replaceVersionBesideIt(Subject subject, List<Step> steps) {
        steps.add(new BesideStep(subject, parts));
        steps.add(stopFirst(
                subject, new StopStep(subject.id(), "stopped for the update to " + subject.version(), parts)));
        steps.add(stopFirst(subject, new SnapshotStep(subject, parts)));
        steps.add(new SwitchStep(subject, parts));
        steps.add(new InOrder(UpdateOrder.START_FIRST, subject, new HandOverStep(subject, parts)));
        steps.add(stopFirst(subject, new StartNewVersionStep(subject, parts)));
        steps.add(stopFirst(subject, new ProbationStep(subject, parts)));
    }

    private static Step stopFirst(Subject subject, Step step) {
        return new InOrder(UpdateOrder.STOP_FIRST, subject, step);
    }

    private List<Step> rollback(Rollback rollback) {
        Subject subject = new Subject(
                id(rollback.moduleId()),
                stored(id(rollback.moduleId()), rollback.toVersion()),
                Optional.of(rollback.fromVersion()));
        List<Step> steps = new ArrayList<>();
        replaceVersion(subject, rollback.mayStartFirst(), steps);
        steps.set(0, new ReadyFirst(subject, steps.getFirst(), parts));
        steps.add(new FinishStep(List.of(subject), parts));
        return steps;
    }

    /** A version that needs no repository: it lies in the store. */
    private static CatalogEntry stored(ModuleId id, String version) {
        return new CatalogEntry(
                "",
                id.name(),
                new Semver(version),
                Optional.of(id.instanceId()),
                "",
                "",
                List.of(),
                Optional.empty(),
                List.of(),
                URI.create("store:" + id),
                OptionalLong.empty(),
                Optional.empty());
    }

    private List<Step> remove(Remove remove) {
        ModuleId id = id(remove.moduleId());
        return List.of(
                new RetireStep(id, parts),
                new StopStep(id, "stopped to be removed", parts),
                new PointOfNoReturn("commit", "Deciding to remove " + id.name()),
                new DiscardStep(id, remove.keepData(), parts));
    }

    private static ModuleId id(String text) {
        return ModuleId.parse(text).orElseThrow();
    }
}
