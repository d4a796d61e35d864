package io.vyra.modulemanager.api.system;

import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateException;
import jakarta.inject.Singleton;
import java.sql.Statement;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The manager is ready while its state can be read. */
@Readiness
@Singleton
public class StateHealth implements HealthCheck {
    private final Database database;

    public StateHealth(Database database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            boolean readable = database.read(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("SELECT 1");
                }
            });
            return HealthCheckResponse.named("state").status(readable).build();
        } catch (StateException e) {
            return HealthCheckResponse.named("state").down().build();
        }
    }
}
