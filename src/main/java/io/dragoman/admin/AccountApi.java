// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.configure.AccountHealth;
import io.dragoman.app.configure.AccountQueries;
import io.dragoman.app.configure.KindQueries;
import io.dragoman.connector.Side;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Channels and desks with their health, and the kinds that there are. Blocks. */
final class AccountApi {
    private final AccountQueries accounts;
    private final @Nullable KindQueries kinds;

    AccountApi(AccountQueries accounts, @Nullable KindQueries kinds) {
        this.accounts = accounts;
        this.kinds = kinds;
    }

    ApiResponse channels(ApiRequest request) {
        return ApiResponse.json(200, accounts.list(Side.CHANNEL));
    }

    ApiResponse desks(ApiRequest request) {
        return ApiResponse.json(200, accounts.list(Side.DESK));
    }

    ApiResponse channel(ApiRequest request) throws Refusal {
        return one(Side.CHANNEL, request.id());
    }

    ApiResponse desk(ApiRequest request) throws Refusal {
        return one(Side.DESK, request.id());
    }

    private ApiResponse one(Side side, String id) throws Refusal {
        AccountHealth found = accounts.find(side, id)
                .orElseThrow(() -> new Refusal(404, "There is no " + side.word() + " with this id."));
        ApiResponse answer = ApiResponse.json(200, found);
        return found.source() == null
                ? answer
                : new ApiResponse(
                        answer.status(),
                        answer.contentType(),
                        answer.body(),
                        Map.of("ETag", '"' + found.source().etag() + '"'));
    }

    ApiResponse kinds(ApiRequest request) throws Refusal {
        if (kinds == null) {
            throw new Refusal(409, "This gateway was not started from files, so nothing can be added to it.");
        }
        return ApiResponse.json(200, kinds.list(request.word("side", Side.class)));
    }
}
