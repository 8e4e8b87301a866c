// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.contact.ContactService.Result;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;

/** Merging and un-merging contacts over the API. Blocks. */
final class ContactApi {
    private final ContactService contacts;

    ContactApi(ContactService contacts) {
        this.contacts = contacts;
    }

    /** What is answered. */
    private record Merged(String survivor, String merged) {}

    ApiResponse merge(ApiRequest request) throws Refusal {
        request.requireJson();
        try {
            JsonFields body = JsonFields.of(request.body());
            return answer(contacts.merge(
                    request.id(),
                    body.text("contact"),
                    body.findText("why").orElse(ContactService.BY_AN_OPERATOR),
                    request.actor()));
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    ApiResponse unmerge(ApiRequest request) throws Refusal {
        request.requireJson();
        return answer(contacts.unmerge(request.id(), request.actor()));
    }

    private static ApiResponse answer(Result result) throws Refusal {
        if (result instanceof Result.Done done) {
            return ApiResponse.json(
                    200, new Merged(done.merge().survivor(), done.merge().merged()));
        } else if (result instanceof Result.Conflict conflict) {
            throw new Refusal(409, conflict.why());
        }
        throw new Refusal(404, "There is no contact with this id: " + ((Result.Unknown) result).contact() + ".");
    }
}
