// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.access.OidcSettings;
import io.dragoman.model.Role;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One line of the admin port's table.
 *
 * @param path exact, with at most one {@code {id}} in it
 * @param parameters the query parameters that it knows
 * @param open whether it answers without a token
 * @param role the least that who asks must have; nothing where it is open
 */
record ApiRoute(String method, String path, List<String> parameters, boolean open, Role role, Work work) {
    private static final String ID = "{id}";

    /** One for operators, or an open one. */
    ApiRoute(String method, String path, List<String> parameters, boolean open, Work work) {
        this(method, path, parameters, open, Role.OPERATOR, work);
    }

    /** The same for everybody who has this role. */
    ApiRoute by(Role least) {
        return new ApiRoute(method, path, parameters, open, least, work);
    }

    /** Whether it changes nothing. */
    boolean reads() {
        return method.equals("GET");
    }

    /** Answers; on an event loop, so it must not block. */
    @FunctionalInterface
    interface Work {
        CompletionStage<ApiResponse> answer(ApiRequest request);
    }

    /** Whether a request to here tries to log in. */
    boolean logsIn(String asked, String to) {
        return open && (!reads() || path.equals(OidcSettings.CALLBACK)) && method.equals(asked) && path.equals(to);
    }

    /** What stands for the id in a path of this form; null when the path has another form. */
    @Nullable
    String match(String asked) {
        int at = path.indexOf(ID);
        if (at < 0) {
            return path.equals(asked) ? "" : null;
        }
        String start = path.substring(0, at);
        String end = path.substring(at + ID.length());
        if (!asked.startsWith(start) || !asked.endsWith(end) || asked.length() <= start.length() + end.length()) {
            return null;
        }
        String id = asked.substring(start.length(), asked.length() - end.length());
        return id.indexOf('/') < 0 ? id : null;
    }
}
