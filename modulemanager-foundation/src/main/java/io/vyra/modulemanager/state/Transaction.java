package io.vyra.modulemanager.state;

import java.sql.Connection;
import java.sql.SQLException;

/** Work on the database that happens wholly or not at all. */
@FunctionalInterface
public interface Transaction<T> {

    /** Must not commit, roll back or keep the connection. */
    T run(Connection connection) throws SQLException;
}
