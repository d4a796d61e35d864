package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleManager.Command;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Whatever users, modules, crashes and time do in whatever order, a few promises hold; {@link ModelRobot#check} names them.
 */
class ModelTest {

    /** Something that happens. */
    sealed interface Action {
        record Install(String module, String version) implements Action {}

        record Update(String module, String version) implements Action {}

        record Tell(String module, Command command) implements Action {}

        record Remove(String module) implements Action {}

        record CancelLast() implements Action {}

        /** The last command once more, with its idempotency key. */
        record Repeat() implements Action {}

        record Exit(String module, int code) implements Action {}

        record Hang(String module) implements Action {}

        /** The manager is killed at the n-th step boundary from now, or at once when {@code boundaries} is 0. */
        record Crash(int boundaries) implements Action {}

        record Pass(int seconds) implements Action {}

        /** Everything comes to rest, and the promises are checked. */
        record Settle() implements Action {}
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<String> modules = Arbitraries.of("alpha", "alpha", "alpha", "base", "top");
        Arbitrary<String> versions = Arbitraries.of("1.0.0", "1.1.0", "2.0.0");
        Arbitrary<Action> action = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Combinators.combine(modules, versions).as(Action.Install::new)),
                net.jqwik.api.Tuple.of(3, Combinators.combine(modules, versions).as(Action.Update::new)),
                net.jqwik.api.Tuple.of(
                        5,
                        Combinators.combine(modules, Arbitraries.of(Command.class))
                                .as(Action.Tell::new)),
                net.jqwik.api.Tuple.of(1, modules.map(Action.Remove::new)),
                net.jqwik.api.Tuple.of(2, Arbitraries.create(Action.CancelLast::new)),
                net.jqwik.api.Tuple.of(1, Arbitraries.create(Action.Repeat::new)),
                net.jqwik.api.Tuple.of(
                        2, Combinators.combine(modules, Arbitraries.of(0, 3)).as(Action.Exit::new)),
                net.jqwik.api.Tuple.of(1, modules.map(Action.Hang::new)),
                net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 40).map(Action.Crash::new)),
                net.jqwik.api.Tuple.of(3, Arbitraries.of(1, 5, 31, 400).map(Action.Pass::new)),
                net.jqwik.api.Tuple.of(4, Arbitraries.create(Action.Settle::new)));
        return action.list().ofMinSize(5).ofMaxSize(30);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.BOUNDED)
    void shouldKeepItsPromises(@ForAll("actions") List<Action> actions) throws Exception {
        run(actions);
    }

    @Tag("slow")
    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void shouldKeepItsPromisesForLonger(@ForAll("actions") List<Action> actions) throws Exception {
        run(actions);
    }

    private static void run(List<Action> actions) throws Exception {
        try (ModelRobot robot = new ModelRobot()) {
            // Most of what can happen needs something that is installed.
            robot.happen(new Action.Install("alpha", "1.0.0"));
            robot.happen(new Action.Install("top", "1.0.0"));
            for (Action action : actions) {
                robot.happen(action);
            }
            robot.happen(new Action.Settle());
            assertThat(robot.checks()).isPositive();
        }
    }
}
