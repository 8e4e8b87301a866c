// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.Configuring;
import io.dragoman.app.configure.AccountHealth;
import io.dragoman.app.configure.AccountQueries;
import io.dragoman.app.configure.AccountTests;
import io.dragoman.app.configure.AccountTests.TestReport;
import io.dragoman.app.configure.KindQueries;
import io.dragoman.app.configure.ProviderWebhooks;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Side;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Channels and desks with their health, and the kinds that there are. Blocks. */
final class AccountApi {
    private final AccountQueries accounts;
    private final @Nullable KindQueries kinds;
    private final AccountTests tests;
    private final ProviderWebhooks webhooks;

    AccountApi(Configuring configuring) {
        this.accounts = configuring.accounts();
        this.kinds = configuring.kinds();
        this.tests = configuring.tests();
        this.webhooks = configuring.webhooks();
    }

    ApiResponse channels(ApiRequest request) {
        return list(Side.CHANNEL, request);
    }

    ApiResponse desks(ApiRequest request) {
        return list(Side.DESK, request);
    }

    ApiResponse channel(ApiRequest request) throws Refusal {
        return one(Side.CHANNEL, request);
    }

    ApiResponse desk(ApiRequest request) throws Refusal {
        return one(Side.DESK, request);
    }

    private ApiResponse list(Side side, ApiRequest request) {
        List<AccountHealth> all = accounts.list(side);
        boolean operator = request.actor().role() == Role.OPERATOR;
        return ApiResponse.json(
                200,
                operator
                        ? all
                        : all.stream().map(AccountHealth::withoutSettings).toList());
    }

    private ApiResponse one(Side side, ApiRequest request) throws Refusal {
        AccountHealth found = accounts.find(side, request.id())
                .orElseThrow(() -> new Refusal(404, "There is no " + side.word() + " with this id."));
        boolean operator = request.actor().role() == Role.OPERATOR;
        ApiResponse answer = ApiResponse.json(200, operator ? found : found.withoutSettings());
        return found.source() == null
                ? answer
                : new ApiResponse(
                        answer.status(),
                        answer.contentType(),
                        answer.body(),
                        Map.of("ETag", '"' + found.source().etag() + '"'));
    }

    /** Looks at a channel, and with {@code to} and {@code text} writes to somebody there. */
    ApiResponse testChannel(ApiRequest request) throws Refusal {
        request.requireJson();
        if (request.body().length == 0) {
            return tested(Side.CHANNEL, tests.look(Side.CHANNEL, request.id()));
        }
        try {
            JsonFields body = JsonFields.of(request.body());
            Optional<TestReport> report = body.has("to") || body.has("text")
                    ? tests.write(
                            request.id(),
                            body.text("to"),
                            body.findText("subject").orElse(null),
                            body.text("text"),
                            request.actor())
                    : tests.look(Side.CHANNEL, request.id());
            return tested(Side.CHANNEL, report);
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    ApiResponse testDesk(ApiRequest request) throws Refusal {
        return tested(Side.DESK, tests.look(Side.DESK, request.id()));
    }

    /** Tells a channel's provider where to post. */
    ApiResponse connectChannel(ApiRequest request) throws Refusal {
        return connect(Side.CHANNEL, request);
    }

    ApiResponse connectDesk(ApiRequest request) throws Refusal {
        return connect(Side.DESK, request);
    }

    private ApiResponse connect(Side side, ApiRequest request) throws Refusal {
        return ApiResponse.json(
                200,
                webhooks.connect(side, request.id())
                        .orElseThrow(() -> new Refusal(404, "There is no " + side.word() + " with this id.")));
    }

    private static ApiResponse tested(Side side, Optional<TestReport> report) throws Refusal {
        return ApiResponse.json(
                200, report.orElseThrow(() -> new Refusal(404, "There is no " + side.word() + " with this id.")));
    }

    ApiResponse kinds(ApiRequest request) throws Refusal {
        if (kinds == null) {
            throw new Refusal(409, "This gateway was not started from files, so nothing can be added to it.");
        }
        return ApiResponse.json(200, kinds.list(request.word("side", Side.class)));
    }
}
