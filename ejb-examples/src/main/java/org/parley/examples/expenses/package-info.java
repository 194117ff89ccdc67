/**
 * Two services that settle expenses in a dialog: {@code //Adventure-Works.com/ExpenseClient} submits,
 * {@code //Adventure-Works.com/Expenses} decides, books and answers. Each keeps its book in tables beside its queue, so
 * that book and messages change in one commit.
 */
package org.parley.examples.expenses;
