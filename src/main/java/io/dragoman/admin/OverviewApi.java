// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.overview.OverviewPeriod;
import io.dragoman.app.overview.OverviewQueries;

/** How it goes, at one look. Blocks. */
final class OverviewApi {
    private final OverviewQueries overview;

    OverviewApi(OverviewQueries overview) {
        this.overview = overview;
    }

    ApiResponse show(ApiRequest request) throws Refusal {
        OverviewPeriod period = request.word("period", OverviewPeriod.class);
        return ApiResponse.json(200, overview.of(period == null ? OverviewPeriod.HOUR : period));
    }
}
