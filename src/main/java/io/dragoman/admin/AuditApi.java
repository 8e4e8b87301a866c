// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.audit.AuditQueries;
import io.dragoman.store.AuditLog;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The audit log over the API. Blocks. */
final class AuditApi {
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final AuditQueries audit;

    AuditApi(AuditQueries audit) {
        this.audit = audit;
    }

    ApiResponse page(ApiRequest request) throws Refusal {
        AuditLog.Filter filter = new AuditLog.Filter(
                request.parameters().get("actor"),
                request.parameters().get("action"),
                time(request, "since"),
                time(request, "until"));
        String before = request.parameters().get("before");
        if (before != null && !before.matches(ID)) {
            throw new Refusal(400, "before must be the id of a line, as next gave it.");
        }
        return ApiResponse.json(200, audit.page(filter, before, request.limit()));
    }

    private static @Nullable Instant time(ApiRequest request, String name) throws Refusal {
        String given = request.parameters().get(name);
        return given == null ? null : request.time(name, given);
    }
}
