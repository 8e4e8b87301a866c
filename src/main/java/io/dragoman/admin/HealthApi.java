// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.status.GatewayStatus;

/** Liveness and readiness: the status for anybody, the details for requests with the token. */
final class HealthApi {
    private final GatewayStatus status;

    HealthApi(GatewayStatus status) {
        this.status = status;
    }

    /** All that anybody may know. */
    private record Liveness(String status) {}

    ApiResponse live(ApiRequest request) {
        return ApiResponse.json(200, new Liveness("up"));
    }

    ApiResponse ready(ApiRequest request) {
        if (request.trusted()) {
            GatewayStatus.StatusReport report = status.report();
            return ApiResponse.json(report.ready() ? 200 : 503, report);
        }
        GatewayStatus.Readiness readiness = status.readiness();
        return ApiResponse.json(readiness.ready() ? 200 : 503, readiness);
    }
}
