// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.preview.Previews;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.AgentMessage;
import io.dragoman.connector.kit.JsonFields;

/** How a message would look on a channel. Thread-safe. */
final class PreviewApi {
    private final Previews previews;

    PreviewApi(Previews previews) {
        this.previews = previews;
    }

    ApiResponse preview(ApiRequest request) throws Refusal {
        request.requireJson();
        try {
            JsonFields body = JsonFields.of(request.body());
            return previews.preview(request.id(), AgentMessage.parts(body), body.findText("to"))
                    .map(preview -> ApiResponse.json(200, preview))
                    .orElseThrow(() -> new Refusal(404, "There is no channel with this id."));
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }
}
