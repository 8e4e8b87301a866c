// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.Queries;
import io.dragoman.app.measure.Grouping;
import io.dragoman.app.measure.MeasureQueries;
import io.dragoman.app.measure.MeasureQueries.Question;
import io.dragoman.app.poll.PollReports;
import io.dragoman.app.report.Period;
import io.dragoman.app.report.ReportQueries;
import io.dragoman.connector.OpeningHours;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/** Reports over the API. Blocks. */
final class ReportApi {
    private final ReportQueries reports;
    private final MeasureQueries measures;
    private final PollReports polls;
    private final Supplier<OpeningHours> hours;
    private final Clock clock;

    /** @param hours the business hours that are configured now */
    ReportApi(Queries queries, PollReports polls, Supplier<OpeningHours> hours, Clock clock) {
        this.reports = queries.reports();
        this.measures = queries.measures();
        this.polls = polls;
        this.hours = hours;
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

    ApiResponse measures(ApiRequest request) throws Refusal {
        Map<String, String> given = request.parameters();
        return ApiResponse.json(
                200,
                measures.measure(
                        new Question(
                                period(request),
                                request.word("by", Grouping.class),
                                zone(given.getOrDefault("zone", "UTC")),
                                given.getOrDefault("hours", "default"),
                                (int) request.number("contactDays", Question.CONTACT_DAYS, 1, 90)),
                        hours.get(),
                        clock.instant()));
    }

    ApiResponse polls(ApiRequest request) {
        return ApiResponse.json(200, polls.all());
    }

    ApiResponse asked(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, polls.report(period(request)));
    }

    ApiResponse poll(ApiRequest request) throws Refusal {
        return polls.results(request.id())
                .map(results -> ApiResponse.json(200, results))
                .orElseThrow(() -> new Refusal(404, "Nobody was asked a poll of this name."));
    }

    private static ZoneId zone(String name) throws Refusal {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new Refusal(400, "zone must be a time zone, such as Europe/Berlin.");
        }
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
