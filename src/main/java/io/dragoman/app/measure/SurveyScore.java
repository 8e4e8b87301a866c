// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import org.jspecify.annotations.Nullable;

/**
 * What customers answered to surveys of one kind. A score of fewer than ten answers is not shown: it says little, and may show
 * what one customer thinks of one agent.
 *
 * @param answered of the surveys that reached a customer, those that were answered
 * @param score CSAT and CES: from 0 to 1, the part of good answers; NPS: from -100 to 100; null of fewer than ten answers
 * @param low with {@code high}, where the score of all customers lies with a confidence of 95 %
 */
public record SurveyScore(
        Share answered,
        @Nullable Double score,
        @Nullable Double low,
        @Nullable Double high) {}
