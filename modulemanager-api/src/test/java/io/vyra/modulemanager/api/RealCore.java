package io.vyra.modulemanager.api;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.face.StumblingManager;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.SampleRobot;
import io.vyra.modulemanager.state.Backups;
import io.vyra.modulemanager.state.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The core itself in the place of its stand-ins, for the tests that select it. */
@Alternative
@Singleton
public class RealCore {
    final SampleRobot robot;
    final StumblingManager stumbling;

    public RealCore(ApiConfiguration configuration) {
        this.robot = new SampleRobot(configuration.data().getParent());
        this.stumbling = new StumblingManager(robot.manager());
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        robot.start();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        robot.close();
    }

    private ManagerAssembly assembly() {
        return robot.assembly();
    }

    @Produces
    @Singleton
    ModuleManager manager() {
        return stumbling.manager();
    }

    @Produces
    @Singleton
    Database database() {
        return assembly().database();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return assembly().clock();
    }

    @Produces
    @Singleton
    ModuleTokens moduleTokens() {
        return assembly().tokens();
    }

    @Produces
    @Singleton
    FeedHub feedHub() {
        return assembly().feed();
    }

    @Produces
    @Singleton
    ParameterHistory parameterHistory() {
        return assembly().parameterHistory();
    }

    @Produces
    @Singleton
    RepositoryStore repositories() {
        return assembly().repositories();
    }

    @Produces
    @Singleton
    RepositoryRefresher refresher() {
        return assembly().refresher();
    }

    @Produces
    @Singleton
    Catalog catalog() {
        return assembly().catalog();
    }

    @Produces
    @Singleton
    Backups backups() {
        return assembly().backups();
    }
}
