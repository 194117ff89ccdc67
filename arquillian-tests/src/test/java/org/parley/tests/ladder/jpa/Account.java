package org.parley.tests.ladder.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entity in a table of the application's own. */
@Entity
@Table(schema = "LADDER", name = "ACCOUNT")
public class Account {

    @Id
    private String owner;

    private int balance;

    protected Account() {}

    Account(String owner, int balance) {
        this.owner = owner;
        this.balance = balance;
    }

    int balance() {
        return balance;
    }

    void deposit(int amount) {
        balance += amount;
    }
}
