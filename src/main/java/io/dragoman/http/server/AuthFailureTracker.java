// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.vertx.core.http.HttpServerRequest;

/** Counts the failed authentications of a port; from some number on they get 429. */
@FunctionalInterface
public interface AuthFailureTracker {
    /** Counts nothing; a handler's default until its port sets one. */
    AuthFailureTracker UNCOUNTED = (request, problem) -> problem.answer(request.response());

    /** Answers with this problem, or with 429. */
    void refuse(HttpServerRequest request, ProblemDetails problem);
}
