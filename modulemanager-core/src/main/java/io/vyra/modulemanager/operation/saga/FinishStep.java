package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import java.util.List;
import org.jboss.logging.Logger;

/** The point of no return of a deployment: the copies that an undo would need are given up. */
record FinishStep(List<Subject> subjects, SagaParts parts) implements Step {
    private static final Logger LOG = Logger.getLogger(FinishStep.class);

    @Override
    public String id() {
        return "finish";
    }

    @Override
    public String title() {
        return "Finishing";
    }

    @Override
    public void perform(StepContext context) {
        for (Subject subject : subjects) {
            tidy(() -> parts.store().dropSnapshot(subject.id(), context.operationId()), context);
            tidy(() -> parts.retention().sweep(subject.id()), context);
        }
        tidy(() -> parts.store().discardStaging(context.operationId()), context);
    }

    /** What was deployed works; what could not be tidied up is tidied up at the next start. */
    private static void tidy(Runnable work, StepContext context) {
        try {
            work.run();
        } catch (ProblemException e) {
            LOG.warnf(e, "Not tidied up operation=%s", context.operationId());
        }
    }

    @Override
    public boolean isPointOfNoReturn() {
        return true;
    }
}
