// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Many conversations through a real Request Tracker, whose automatic answers are on. */
final class RequestTrackerRoundsTest extends PackagedDeskRounds {
    private RequestTracker desk;

    @Override
    PackagedDesk helpdesk() throws Exception {
        Assumptions.assumeTrue(RequestTracker.isInstalled(), "no request-tracker5");
        desk = new RequestTracker();
        return desk;
    }

    @Override
    String account() {
        return "{kind: http, profile: request-tracker, baseUrl: \"" + desk.url("") + "\", token: \""
                + desk.keys.get("dragoman") + "\", user: dragoman, domain: customers.test, pollEvery: 5s}";
    }

    @Override
    List<String> written(String ticket) throws Exception {
        return desk.stored(ticket);
    }

    @Override
    void answers(String ticket, String text) throws Exception {
        write(ticket, "correspond", text);
    }

    @Override
    void notes(String ticket, String text) throws Exception {
        write(ticket, "comment", text);
    }

    private void write(String ticket, String how, String text) throws Exception {
        Map<String, Object> message = new HashMap<>(Map.of("Content", text, "ContentType", "text/plain"));
        assertThat(desk.call("max", "POST", RequestTracker.API + "/ticket/" + ticket + "/" + how, message)
                        .status())
                .isEqualTo(201);
    }
}
