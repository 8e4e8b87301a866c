// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.survey.Survey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a survey whose time has come.
 *
 * @param language in which the customer is asked
 * @param skipped why it is not sent; null sends it
 * @param waitsUntil when it is to be looked at again; null for now
 */
public record SurveyPlan(
        Survey survey,
        String language,
        @Nullable String skipped,
        @Nullable Instant waitsUntil) {
    /** It is not sent. */
    SurveyPlan skipped(String why) {
        return new SurveyPlan(survey, language, why, null);
    }
}
