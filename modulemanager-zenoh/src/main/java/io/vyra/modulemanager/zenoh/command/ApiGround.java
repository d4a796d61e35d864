package io.vyra.modulemanager.zenoh.command;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.SystemReport;
import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.bus.ModuleBus;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.feed.FeedHub;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the answers are taken from.
 *
 * @param accounts who may log in to the REST interface
 * @param system   the manager and its machine, as the REST interface shows them
 * @param bus      how the bus is
 * @param modules  the way to the functions of running modules
 */
public record ApiGround(
        ModuleManager manager,
        Catalog catalog,
        RepositoryStore repositories,
        RepositoryRefresher refresher,
        FeedHub feeds,
        Supplier<List<Account>> accounts,
        SystemReport system,
        BusStatus bus,
        ModuleBus modules,
        ParameterHistory parameters,
        InstantSource clock) {}
