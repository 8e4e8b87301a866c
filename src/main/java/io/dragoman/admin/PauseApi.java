// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.pause.PauseQueries;
import io.dragoman.app.pause.PauseService;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;

/** Pausing and resuming over the API. Blocks. */
final class PauseApi {
    private final PauseQueries queries;
    private final PauseService pauses;

    PauseApi(PauseQueries queries, PauseService pauses) {
        this.queries = queries;
        this.pauses = pauses;
    }

    ApiResponse list(ApiRequest request) {
        return ApiResponse.json(200, queries.list());
    }

    ApiResponse pause(ApiRequest request) throws Refusal {
        return act(request, (id, reason) -> pauses.pause(id, reason, request.actor()));
    }

    ApiResponse resume(ApiRequest request) throws Refusal {
        return act(request, (id, reason) -> pauses.resume(id, request.actor()));
    }

    @FunctionalInterface
    private interface Act {
        PauseService.Result on(String id, String reason);
    }

    private ApiResponse act(ApiRequest request, Act act) throws Refusal {
        request.requireJson();
        try {
            JsonFields body = JsonFields.of(request.body());
            String id = body.text("id");
            String reason = body.findText("reason").orElse("by an operator");
            PauseService.Result result = act.on(id, reason);
            return switch (result) {
                case DONE -> list(request);
                case UNKNOWN -> throw new Refusal(404, "There is no channel, desk or lane of this name.");
                case NOT_PAUSED -> throw new Refusal(409, "It is not paused.");
            };
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }
}
