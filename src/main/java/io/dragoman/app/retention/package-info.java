// SPDX-License-Identifier: Apache-2.0
/** Erases by age what is kept no longer. */
package io.dragoman.app.retention;
