// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.person.PersonErasure;
import io.dragoman.app.person.PersonExport;
import io.dragoman.store.Erasures.Erasure;
import java.util.Optional;

/** What is kept of one person over the API: given out, and erased. Blocks. */
final class PersonApi {
    private final PersonExport people;
    private final PersonErasure erasures;

    PersonApi(PersonExport people, PersonErasure erasures) {
        this.people = people;
        this.erasures = erasures;
    }

    ApiResponse export(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, people.export(request.id()).orElseThrow(PersonApi::unknown));
    }

    /** It is durable when this is answered, and done later. */
    ApiResponse erase(ApiRequest request) throws Refusal {
        request.requireJson();
        Optional<Erasure> begun = erasures.begin(request.id(), request.actor());
        Erasure erasure = begun.orElseThrow(PersonApi::unknown);
        erasures.start();
        return ApiResponse.json(202, erasure);
    }

    ApiResponse erasure(ApiRequest request) throws Refusal {
        return ApiResponse.json(
                200,
                erasures.find(request.id()).orElseThrow(() -> new Refusal(404, "There is no erasure with this id.")));
    }

    private static Refusal unknown() {
        return new Refusal(404, "There is no contact with this id.");
    }
}
