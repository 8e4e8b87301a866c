// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import io.dragoman.app.report.Percentiles;
import org.jspecify.annotations.Nullable;

/**
 * The measures of one group, or of all. Messages, surveys and churn are of the time, the backlog is of now; everything else is about
 * the conversations that began in the time. What there was none of is null, not 0.
 *
 * @param group null in the total, and for what has none, such as no team
 * @param byUs the conversations in which we wrote first: they have no first response, and nobody came for anything
 * @param automatic of {@code messagesOut}, those that rules sent
 * @param firstResponse from the customer's first message to a person's first answer, by the clock
 * @param firstResponseOpen the same counted in business hours; null without such hours
 * @param unanswered open, and without an answer by a person
 * @param closedUnanswered closed without one
 * @param resolution from the beginning to the last closing, of those that are closed now
 * @param resolutionOpen the same counted in business hours; null without such hours
 * @param firstContact of the conversations that were closed long enough ago, those after which the customer had not to come
 *     back
 * @param firstContactPending those that were closed too late to tell
 * @param reopened of those that were ever closed, those that were opened again
 * @param repeat of the contacts who began a conversation, those who began two or more
 * @param deflected of the closed conversations, those that a rule or bot answered last and no person did
 * @param backlog the age of what is open now
 * @param churn of the contacts who wrote in the equally long time before, those who did not in this one; null where the lines
 *     are times
 * @param csat of the surveys that were sent in the time; null where none reached anybody, as are {@code nps} and {@code ces}
 */
public record MeasureLine(
        @Nullable String group,
        long conversations,
        long byUs,
        long messagesIn,
        long messagesOut,
        long automatic,
        Percentiles firstResponse,
        @Nullable Percentiles firstResponseOpen,
        long unanswered,
        long closedUnanswered,
        Percentiles resolution,
        @Nullable Percentiles resolutionOpen,
        Share firstContact,
        long firstContactPending,
        Share reopened,
        Share repeat,
        Share deflected,
        Percentiles backlog,
        @Nullable Share churn,
        @Nullable SurveyScore csat,
        @Nullable SurveyScore nps,
        @Nullable SurveyScore ces) {}
