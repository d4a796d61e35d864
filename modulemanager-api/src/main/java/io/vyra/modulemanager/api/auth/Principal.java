package io.vyra.modulemanager.api.auth;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.access.Session;
import io.vyra.modulemanager.module.ModuleId;

/** Who a request comes from. */
public sealed interface Principal {

    /** As the core knows them. */
    Caller caller();

    /** Somebody who logged in. */
    record User(Session session) implements Principal {
        @Override
        public Caller caller() {
            return new Caller(session.account().username(), session.account().role());
        }
    }

    /** A module with its own token. */
    record Module(ModuleId module) implements Principal {
        /**
         * The role lets a hidden module see itself; that it sees nothing else is held by {@link RoleFilter}, which admits modules
         * only to reading their own resources.
         */
        @Override
        public Caller caller() {
            return new Caller(module.toString(), Role.ADMIN);
        }
    }

    /** A scraper with the configured token, good for the metrics only. */
    record Scraper() implements Principal {
        @Override
        public Caller caller() {
            return new Caller("metrics", Role.VIEWER);
        }
    }
}
