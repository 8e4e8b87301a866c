// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.report.Period;
import io.dragoman.app.report.ReportQueries;
import java.time.Clock;
import java.time.Instant;

/** Reports over the API. Blocks. */
final class ReportApi {
    private final ReportQueries reports;
    private final Clock clock;

    ReportApi(ReportQueries reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    ApiResponse report(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, reports.period(period(request)));
    }

    ApiResponse waiting(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, reports.waiting(clock.instant(), request.limit()));
    }

    ApiResponse conversations(ApiRequest request) throws Refusal {
        String after = request.parameters().getOrDefault("after", "");
        return ApiResponse.json(200, reports.rows(period(request), after, request.limit()));
    }

    private Period period(ApiRequest request) throws Refusal {
        Instant since = request.findTime("since");
        Instant until = request.findTime("until");
        try {
            return Period.of(since, until, clock.instant());
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }
}
