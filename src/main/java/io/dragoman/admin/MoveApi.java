// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.orphan.DeskMove;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;

/** Moving what waits for a desk that is gone. Blocks. */
final class MoveApi {
    private final DeskMove moves;

    MoveApi(DeskMove moves) {
        this.moves = moves;
    }

    ApiResponse move(ApiRequest request) throws Refusal {
        request.requireJson();
        try {
            JsonFields body = JsonFields.of(request.body());
            return ApiResponse.json(200, moves.move(body.text("from"), body.text("to"), request.actor()));
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        } catch (DeskMove.Refused e) {
            throw new Refusal(e.why() == DeskMove.Why.UNKNOWN ? 404 : 409, String.valueOf(e.getMessage()));
        }
    }
}
