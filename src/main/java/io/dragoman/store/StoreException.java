// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.SQLException;

/** The database refused. The message holds no values. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("the store answered " + code(cause) + ": " + firstLine(cause), cause);
    }

    StoreException(String message) {
        super(message);
    }

    private static String code(SQLException cause) {
        return cause.getErrorCode() == 0 ? String.valueOf(cause.getSQLState()) : String.valueOf(cause.getErrorCode());
    }

    /** PostgreSQL's further lines quote the values that it refused. */
    private static String firstLine(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** Why the database refused, as an SQL state; empty where it does not say. */
    String state() {
        return getCause() instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
    }

    /** Cannot take this now: the queue is full, the disk is low, or the gateway is stopping. Ask again later. */
    public static final class Busy extends StoreException {
        private static final long serialVersionUID = 1L;

        Busy(String message) {
            super(message);
        }
    }

    /** The connection broke, and it is unknown whether this was committed: look, or send again what may come twice. */
    public static final class Lost extends StoreException {
        private static final long serialVersionUID = 1L;

        Lost(String message) {
            super(message);
        }
    }

    /** Somebody else changed what this work was based on: look again and repeat. */
    public static final class Conflict extends StoreException {
        private static final long serialVersionUID = 1L;

        Conflict(String message) {
            super(message);
        }
    }

    /** The data folder cannot be used; the message says why and what to do. */
    public static class Unusable extends StoreException {
        private static final long serialVersionUID = 1L;

        public Unusable(String message) {
            super(message);
        }
    }

    /** A gateway that runs uses the store. */
    public static final class InUse extends Unusable {
        private static final long serialVersionUID = 1L;

        InUse(String message) {
            super(message);
        }
    }
}
