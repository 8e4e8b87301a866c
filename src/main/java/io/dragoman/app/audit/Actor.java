// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.audit;

import io.dragoman.model.Role;

/**
 * Who does something.
 *
 * @param name of the token in the configuration, the account at the identity provider, or {@code cli:} and the user of
 *     the operating system
 * @param from the address of a client of the admin port; {@code local} for the command line
 */
public record Actor(String name, Role role, String from) {
    /** Whoever uses the command line beside the store: they can read and write all of it anyway. */
    public static Actor commandLine(String user) {
        return new Actor("cli:" + user, Role.OPERATOR, "local");
    }
}
