import io.vyra.module.Action;
import io.vyra.module.Feeds;
import io.vyra.module.Operational;
import io.vyra.module.Parameter;
import io.vyra.module.VyraModule;
import io.vyra.module.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** A turntable on paper: a VYRA module on Zenoh with a parameter, a function and an action. */
public final class JavaZenoh {
    private JavaZenoh() {}

    public static void main(String[] arguments) throws InterruptedException {
        Turntable turntable = new Turntable();
        try (VyraModule module = VyraModule.fromEnvironment()
                .parameter(Parameter.number("speed", 1).between(0.1, 10).describedAs("turns a second"))
                .onParameter((key, value) -> System.out.println(key + " is " + value + " now"))
                .function("position", _ -> JsonObject.of("turns", turntable.turns()))
                .action("turn", turntable::turn)
                .start()) {
            turntable.use(module);
            module.state().become(Operational.READY);
            module.feeds().news("The turntable is ready");
            System.out.println("java_zenoh " + System.getenv("MODULE_VERSION") + ": ready");
            module.awaitEnd();
        }
    }

    /** Turns in steps of a tenth, and says so. */
    private static final class Turntable {
        private VyraModule module;
        private double turns;

        synchronized void use(VyraModule own) {
            module = own;
            notifyAll();
        }

        synchronized double turns() {
            return turns;
        }

        /** One goal at a time, because there is one table. */
        synchronized JsonObject turn(Action.Goal goal) throws InterruptedException {
            while (module == null) {
                wait();
            }
            double wanted =
                    goal.arguments().number("turns").map(Number::doubleValue).orElse(1.0);
            if (!(wanted > 0 && wanted <= 100)) {
                throw new IllegalArgumentException("'turns' must be more than 0 and at most 100, not " + wanted);
            }
            module.state().become(Operational.RUNNING);
            try {
                for (double turned = 0; turned < wanted; turned += 0.1) {
                    wait(TimeUnit.SECONDS.toMillis(1)
                            / Math.max(1, (long) (10 * module.parameters().number("speed"))));
                    turns += 0.1;
                    goal.feedback(JsonObject.of("turned", turned));
                }
                module.feeds().log(Feeds.Level.INFO, "turntable", "turned " + wanted);
            } finally {
                // Somebody may have stopped the module meanwhile.
                if (module.state().now().operational() == Operational.RUNNING) {
                    module.state().become(Operational.READY);
                }
            }
            return JsonObject.of("success", true).with("turns", turns);
        }
    }
}
