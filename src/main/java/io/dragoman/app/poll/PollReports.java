// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.poll;

import io.dragoman.app.poll.PollQueries.PollList;
import io.dragoman.app.poll.PollQueries.PollResults;
import io.dragoman.app.poll.PollQueries.PollsReport;
import io.dragoman.app.report.Period;
import io.dragoman.rules.poll.Poll;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The results of polls in a running gateway. Blocks.
 *
 * @param configured the polls that are configured now
 */
public record PollReports(PollQueries queries, Supplier<List<Poll>> configured) {
    public PollList all() {
        return queries.all();
    }

    /** Of one poll; empty where nobody was ever asked it. */
    public Optional<PollResults> results(String name) {
        return queries.results(name, configured.get());
    }

    /** Of all that were asked in a time. */
    public PollsReport report(Period period) {
        return queries.report(period, configured.get());
    }
}
