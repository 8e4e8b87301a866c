// SPDX-License-Identifier: Apache-2.0
/** Surveys as customers see them on a page of ours. */
@NullMarked
package io.dragoman.survey;

import org.jspecify.annotations.NullMarked;
