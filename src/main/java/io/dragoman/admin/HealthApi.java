// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.status.GatewayStatus;
import io.dragoman.app.status.GatewaySummary;

/** Liveness and readiness: the status for anybody, the details for requests with the token. */
final class HealthApi {
    private final GatewayStatus status;
    private final GatewaySummary summary;

    HealthApi(GatewayStatus status, GatewaySummary summary) {
        this.status = status;
        this.summary = summary;
    }

    /** All that anybody may know. */
    private record Liveness(String status) {}

    ApiResponse live(ApiRequest request) {
        return ApiResponse.json(200, new Liveness("up"));
    }

    /** For whoever asks how it goes: answered with 200 also while the gateway is not ready. */
    ApiResponse summary(ApiRequest request) {
        return ApiResponse.json(200, summary.summary());
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
