// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.approval.ApprovalQueries;
import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.approval.ApprovalService.Result;
import io.dragoman.store.Approvals.State;

/** Answers that wait for approval, over the API. Blocks. */
final class ApprovalApi {
    private final ApprovalQueries queries;
    private final ApprovalService approvals;

    ApprovalApi(ApprovalQueries queries, ApprovalService approvals) {
        this.queries = queries;
        this.approvals = approvals;
    }

    ApiResponse list(ApiRequest request) throws Refusal {
        State state = request.word("state", State.class);
        return ApiResponse.json(200, queries.list(state == null ? State.WAITING : state, request.limit()));
    }

    ApiResponse show(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, queries.find(request.id()).orElseThrow(ApprovalApi::unknown));
    }

    ApiResponse approve(ApiRequest request) throws Refusal {
        request.requireJson();
        return answer(approvals.approve(request.id(), request.actor()));
    }

    ApiResponse refuse(ApiRequest request) throws Refusal {
        request.requireJson();
        return answer(approvals.refuse(request.id(), request.actor()));
    }

    private static ApiResponse answer(Result result) throws Refusal {
        if (result instanceof Result.Done done) {
            return ApiResponse.json(200, done.answer());
        } else if (result instanceof Result.Decided decided) {
            throw new Refusal(409, decided.why());
        }
        throw unknown();
    }

    private static Refusal unknown() {
        return new Refusal(404, "No answer of this id waits for approval, nor ever did.");
    }
}
