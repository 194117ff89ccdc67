parser grammar StatementParser;

options {
    tokenVocab = StatementLexer;
    superClass = BoundedParser;
    contextSuperClass = BoundedContext;
}

statement
    : controlStatement
    | conversationStatement
    | dataStatement
    | definitionStatement
    ;

statements : SEMICOLON* (statement SEMICOLON*)+ ;

// ---- Flow, variables, transactions, session

controlStatement
    : block
    | tryCatch
    | ifStatement
    | whileStatement
    | breakStatement
    | continueStatement
    | returnStatement
    | printStatement
    | raiseError
    | throwStatement
    | declareStatement
    | setVariable
    | setOption
    | waitForDelay
    | beginTransaction
    | commitTransaction
    | rollbackTransaction
    | saveTransaction
    | executeProcedure
    | executeText
    | executeAsUser
    | revert
    | useDatabase
    ;

block : BEGIN statements END ;

tryCatch : BEGIN TRY statements END TRY BEGIN CATCH handler=statements? END CATCH ;

ifStatement : IF condition statement (SEMICOLON* ELSE statement)? ;

whileStatement : WHILE condition statement ;

breakStatement : BREAK ;

continueStatement : CONTINUE ;

returnStatement : RETURN expression? ;

printStatement : PRINT expression ;

raiseError
    : RAISERROR LEFT_PAREN message=expression COMMA severity=expression COMMA state=expression
        (COMMA values+=expression)* RIGHT_PAREN (WITH raiseErrorOption (COMMA raiseErrorOption)*)?
    ;

raiseErrorOption : LOG | NOWAIT | SETERROR ;

throwStatement : THROW (code=constant COMMA message=constant COMMA state=constant)? ;

declareStatement : DECLARE declared (COMMA declared)* ;

declared
    : VARIABLE AS? TABLE tableDefinition
    | VARIABLE AS? typeName (EQUAL expression)?
    ;

setVariable : SET VARIABLE assignmentOperator expression ;

setOption
    : SET TRANSACTION ISOLATION LEVEL isolationLevel
    | SET optionName (COMMA optionName)* optionValue
    ;

isolationLevel
    : READ UNCOMMITTED
    | READ COMMITTED
    | REPEATABLE READ
    | SNAPSHOT
    | SERIALIZABLE
    ;

optionName : word | ROWCOUNT | TEXTSIZE | STATISTICS word ;

optionValue : ON | OFF | integer | word ;

waitForDelay : WAITFOR (DELAY | TIME) constant ;

beginTransaction : BEGIN (TRAN | TRANSACTION) bareName? ;

commitTransaction : COMMIT (WORK | (TRAN | TRANSACTION) bareName?)? ;

rollbackTransaction : ROLLBACK (WORK | (TRAN | TRANSACTION) bareName?)? ;

saveTransaction : SAVE (TRAN | TRANSACTION) bareName ;

executeProcedure : (EXEC | EXECUTE) (VARIABLE EQUAL)? objectName ;

executeText : (EXEC | EXECUTE) LEFT_PAREN expression RIGHT_PAREN ;

executeAsUser : (EXEC | EXECUTE) AS USER EQUAL constant ;

revert : REVERT ;

useDatabase : USE name ;

// ---- Conversations

conversationStatement
    : beginDialog
    | beginTimer
    | send
    | receive
    | getConversationGroup
    | moveConversation
    | endConversation
    | waitFor
    ;

beginDialog
    : BEGIN DIALOG CONVERSATION? VARIABLE
        FROM SERVICE initiator=nameOrVariable
        TO SERVICE service=constant (COMMA broker=constant)?
        (ON CONTRACT contract=nameOrVariable)?
        (WITH dialogOption (COMMA? dialogOption)*)?
    ;

dialogOption
    : RELATED_CONVERSATION EQUAL constant
    | RELATED_CONVERSATION_GROUP EQUAL constant
    | LIFETIME EQUAL constant
    | ENCRYPTION EQUAL onOff
    ;

beginTimer : BEGIN CONVERSATION TIMER LEFT_PAREN handle=constant RIGHT_PAREN TIMEOUT EQUAL timeout=expression ;

send
    : SEND ON CONVERSATION (constant | LEFT_PAREN constant (COMMA constant)* RIGHT_PAREN)
        (MESSAGE TYPE nameOrVariable)?
        (LEFT_PAREN body=expression RIGHT_PAREN)?
    ;

receive
    : RECEIVE top? item (COMMA item)* FROM objectName
        (INTO VARIABLE)?
        (WHERE (CONVERSATION_HANDLE | CONVERSATION_GROUP_ID) EQUAL constant)?
    ;

getConversationGroup : GET CONVERSATION GROUP VARIABLE FROM objectName ;

moveConversation : MOVE CONVERSATION handle=constant TO group=constant ;

endConversation
    : END CONVERSATION handle=constant
        (WITH (ERROR EQUAL code=constant DESCRIPTION EQUAL description=constant | CLEANUP))?
    ;

waitFor : WAITFOR LEFT_PAREN (receive | getConversationGroup) SEMICOLON? RIGHT_PAREN (COMMA TIMEOUT constant)? ;

// ---- Tables

dataStatement
    : selectStatement
    | insert
    | update
    | delete
    | truncate
    | createTable
    | dropTable
    | createIndex
    | dropIndex
    ;

selectStatement : query ;

insert
    : INSERT INTO? target (LEFT_PAREN name (COMMA name)* RIGHT_PAREN)?
        (VALUES row (COMMA row)* | query | DEFAULT VALUES)
    ;

row : LEFT_PAREN rowValue (COMMA rowValue)* RIGHT_PAREN ;

rowValue : expression | DEFAULT ;

update : UPDATE top? target SET assigned (COMMA assigned)* from? where? ;

assigned
    : VARIABLE EQUAL objectName assignmentOperator expression
    | VARIABLE assignmentOperator expression
    | objectName EQUAL DEFAULT
    | objectName assignmentOperator expression
    ;

delete : DELETE top? FROM? target from? where? ;

truncate : TRUNCATE TABLE objectName ;

target : objectName | VARIABLE ;

createTable : CREATE TABLE objectName tableDefinition ;

dropTable : DROP TABLE (IF EXISTS)? objectName (COMMA objectName)* ;

createIndex
    : CREATE UNIQUE? clustering? INDEX name ON objectName LEFT_PAREN indexColumn (COMMA indexColumn)* RIGHT_PAREN
    ;

dropIndex : DROP INDEX (IF EXISTS)? name ON objectName ;

indexColumn : name (ASC | DESC)? ;

clustering : CLUSTERED | NONCLUSTERED ;

tableDefinition : LEFT_PAREN tableElement (COMMA tableElement)* RIGHT_PAREN ;

tableElement
    : (CONSTRAINT constraintName=name)? tableConstraint
    | column=name typeName columnOption*
    ;

tableConstraint
    : (PRIMARY KEY | UNIQUE) clustering? keyColumns
    | check
    | FOREIGN KEY names references
    ;

columnOption
    : NULL
    | NOT NULL
    | IDENTITY (LEFT_PAREN seed=integer COMMA increment=integer RIGHT_PAREN)?
    | (CONSTRAINT name)? columnConstraint
    ;

columnConstraint
    : DEFAULT expression
    | (PRIMARY KEY | UNIQUE) clustering?
    | check
    | references
    ;

check : CHECK LEFT_PAREN condition RIGHT_PAREN ;

references : REFERENCES objectName names? (ON DELETE (CASCADE | SET NULL | NO ACTION))? ;

keyColumns : LEFT_PAREN indexColumn (COMMA indexColumn)* RIGHT_PAREN ;

names : LEFT_PAREN name (COMMA name)* RIGHT_PAREN ;

integer : MINUS? INTEGER ;

// ---- Queries

query : queryBody (ORDER BY orderKey (COMMA orderKey)* offset?)? ;

queryBody
    : select                                              # single
    | LEFT_PAREN queryBody RIGHT_PAREN                    # bracketed
    | queryBody INTERSECT queryBody                       # intersected
    | queryBody (UNION ALL? | EXCEPT) queryBody           # combined
    ;

offset
    : OFFSET skipped=expression (ROW | ROWS)
        (FETCH (FIRST | NEXT) fetched=expression (ROW | ROWS) ONLY)?
    ;

orderKey : expression (ASC | DESC)? ;

select
    : SELECT (ALL | DISTINCT)? top? item (COMMA item)*
        (INTO objectName)?
        from?
        where?
        (GROUP BY expression (COMMA expression)*)?
        (HAVING condition)?
    ;

top : TOP (LEFT_PAREN expression RIGHT_PAREN | INTEGER) ;

item
    : STAR
    | objectName DOT STAR
    | VARIABLE assignmentOperator expression
    | alias EQUAL expression
    | expression (AS alias | bareAlias)?
    ;

alias : name | TEXT ;

bareAlias : bareName | TEXT ;

from : FROM source (COMMA source)* ;

where : WHERE condition ;

source
    : table                                                               # tableSource
    | source CROSS JOIN source                                            # crossJoin
    | source joinKind? JOIN source ON condition                           # join
    ;

table
    : objectName (AS name | bareName)? hints?
    | VARIABLE (AS name | bareName)?
    | LEFT_PAREN query RIGHT_PAREN AS? bareName names?
    | LEFT_PAREN source RIGHT_PAREN
    ;

joinKind : INNER | (LEFT | RIGHT | FULL) OUTER? ;

hints : WITH LEFT_PAREN hint (COMMA? hint)* RIGHT_PAREN | LEFT_PAREN hint RIGHT_PAREN ;

hint : word | HOLDLOCK ;

// ---- Expressions

condition : expression ;

expression
    : NOT expression                                      # not
    | expression AND expression                           # and
    | expression OR expression                            # or
    | operand predicate?                                  # predicated
    ;

predicate
    : comparison operand
    | IS NOT? NULL
    | NOT? IN LEFT_PAREN (query | expression (COMMA expression)*) RIGHT_PAREN
    | NOT? LIKE operand (ESCAPE operand)?
    | NOT? BETWEEN operand AND operand
    ;

comparison : EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL ;

operand
    : primary                                             # simple
    | (PLUS | MINUS | TILDE) operand                      # unary
    | operand (STAR | SLASH | PERCENT) operand            # product
    | operand (PLUS | MINUS | AMPERSAND | BAR | CARET) operand # sum
    ;

primary
    : literal
    | SYSTEM_VARIABLE
    | caseExpression
    | niladic
    | EXISTS LEFT_PAREN query RIGHT_PAREN
    | receiver
    | reference
    ;

// What a method can be called on. A column is not here: what it is called with stands in the arguments of its reference.
receiver
    : VARIABLE
    | cast
    | convert
    | functionName arguments
    | reference arguments
    | receiver DOT name arguments
    | LEFT_PAREN query RIGHT_PAREN
    | LEFT_PAREN expression RIGHT_PAREN
    ;

// CAST in front would be one.
reference : (bareName | GET | MOVE | RECEIVE | SEND | THROW) (DOT+ name)* ;

arguments : LEFT_PAREN (STAR | DISTINCT? expression (COMMA expression)*)? RIGHT_PAREN ;

caseExpression : CASE subject=expression? when+ (ELSE otherwise=expression)? END ;

when : WHEN expression THEN expression ;

cast : (CAST | TRY_CAST) LEFT_PAREN expression AS typeName RIGHT_PAREN ;

convert : (CONVERT | TRY_CONVERT) LEFT_PAREN typeName COMMA expression (COMMA expression)? RIGHT_PAREN ;

niladic : CURRENT_TIMESTAMP | CURRENT_USER | SESSION_USER | SYSTEM_USER | USER ;

functionName : COALESCE | NULLIF | LEFT | RIGHT ;

literal : NULL | number | TEXT | BYTES ;

number : INTEGER | DECIMAL | FLOAT ;

constant : MINUS? number | NULL | TEXT | BYTES | VARIABLE | SYSTEM_VARIABLE ;

assignmentOperator
    : EQUAL
    | PLUS_EQUAL
    | MINUS_EQUAL
    | STAR_EQUAL
    | SLASH_EQUAL
    | PERCENT_EQUAL
    | AMPERSAND_EQUAL
    | BAR_EQUAL
    | CARET_EQUAL
    ;

typeName
    : (DOUBLE PRECISION | NATIONAL name VARYING? | name VARYING?) typeArguments?
    ;

typeArguments : LEFT_PAREN (MAX | INTEGER (COMMA INTEGER)? | objectName) RIGHT_PAREN ;

// ---- Conversation objects

definitionStatement
    : createMessageType
    | alterMessageType
    | createContract
    | createService
    | alterService
    | createEventNotification
    | dropEventNotification
    | createXmlSchemaCollection
    | alterXmlSchemaCollection
    | createProcedure
    | drop
    | queueStatement
    | routeStatement
    | serverStatement
    | securityStatement
    ;

queueStatement : createQueue | alterQueue ;

routeStatement
    : createRoute
    | alterRoute
    | createRemoteServiceBinding
    | alterRemoteServiceBinding
    | createBrokerPriority
    | alterBrokerPriority
    ;

serverStatement : createDatabase | alterDatabase | createEndpoint | alterEndpoint ;

securityStatement
    : createUser
    | alterUser
    | createLogin
    | alterLogin
    | alterRole
    | grant
    | deny
    | revoke
    | alterAuthorization
    | createMasterKey
    | alterMasterKey
    | openMasterKey
    | closeMasterKey
    | createCertificate
    | alterCertificate
    | backupCertificate
    ;

createMessageType : CREATE MESSAGE TYPE simpleName authorization? (VALIDATION EQUAL validation)? ;

alterMessageType : ALTER MESSAGE TYPE simpleName VALIDATION EQUAL validation ;

validation : NONE | EMPTY | WELL_FORMED_XML | VALID_XML WITH SCHEMA COLLECTION objectName ;

authorization : AUTHORIZATION name ;

createContract
    : CREATE CONTRACT simpleName authorization? LEFT_PAREN contractEntry (COMMA contractEntry)* RIGHT_PAREN
    ;

contractEntry : simpleName SENT BY (INITIATOR | TARGET | ANY) ;

createQueue : CREATE QUEUE objectName authorization? (WITH queueOption (COMMA queueOption)*)? (ON name)? ;

alterQueue
    : ALTER QUEUE objectName
        ( WITH queueOption (COMMA queueOption)*
        | queueStorage
        )
    ;

queueStorage
    : REBUILD (WITH LEFT_PAREN MAXDOP EQUAL INTEGER RIGHT_PAREN)?
    | REORGANIZE (WITH LEFT_PAREN LOB_COMPACTION EQUAL onOff RIGHT_PAREN)?
    | MOVE TO name
    ;

queueOption
    : STATUS EQUAL onOff
    | RETENTION EQUAL onOff
    | REDELIVERY_DELAY EQUAL INTEGER
    | ACTIVATION LEFT_PAREN (DROP | activationOption (COMMA activationOption)*) RIGHT_PAREN
    | POISON_MESSAGE_HANDLING LEFT_PAREN poisonOption (COMMA poisonOption)* RIGHT_PAREN
    ;

activationOption
    : STATUS EQUAL onOff
    | PROCEDURE_NAME EQUAL objectName
    | MAX_QUEUE_READERS EQUAL INTEGER
    | EXECUTE AS (SELF | OWNER | TEXT)
    ;

poisonOption : STATUS EQUAL onOff | ACTION EQUAL (DISABLE_QUEUE | SUSPEND_GROUP) ;

createService
    : CREATE SERVICE simpleName authorization? ON QUEUE objectName
        (LEFT_PAREN simpleName (COMMA simpleName)* RIGHT_PAREN)?
    ;

alterService
    : ALTER SERVICE simpleName (ON QUEUE objectName)?
        (LEFT_PAREN contractChange (COMMA contractChange)* RIGHT_PAREN)?
    ;

contractChange : (ADD | DROP) CONTRACT simpleName ;

createRoute : CREATE ROUTE simpleName authorization? WITH routeOption (COMMA routeOption)* ;

alterRoute : ALTER ROUTE simpleName authorization? WITH routeOption (COMMA routeOption)* ;

routeOption
    : (SERVICE_NAME | BROKER_INSTANCE | ADDRESS | MIRROR_ADDRESS) EQUAL TEXT
    | LIFETIME EQUAL INTEGER
    ;

createRemoteServiceBinding
    : CREATE REMOTE SERVICE BINDING simpleName authorization? TO SERVICE TEXT
        WITH USER EQUAL name (COMMA ANONYMOUS EQUAL onOff)?
    ;

alterRemoteServiceBinding
    : ALTER REMOTE SERVICE BINDING simpleName
        WITH (USER EQUAL name (COMMA ANONYMOUS EQUAL onOff)? | ANONYMOUS EQUAL onOff)
    ;

createBrokerPriority
    : CREATE BROKER PRIORITY simpleName FOR CONVERSATION
        (SET LEFT_PAREN priorityOption (COMMA priorityOption)* RIGHT_PAREN)?
    ;

alterBrokerPriority
    : ALTER BROKER PRIORITY simpleName FOR CONVERSATION
        SET LEFT_PAREN priorityOption (COMMA priorityOption)* RIGHT_PAREN
    ;

priorityOption
    : CONTRACT_NAME EQUAL (simpleName | ANY)
    | LOCAL_SERVICE_NAME EQUAL (simpleName | ANY)
    | REMOTE_SERVICE_NAME EQUAL (TEXT | ANY)
    | PRIORITY_LEVEL EQUAL (INTEGER | DEFAULT)
    ;

createEventNotification
    : CREATE EVENT NOTIFICATION simpleName ON notificationScope (WITH FAN_IN)?
        FOR word (COMMA word)*
        TO SERVICE service=TEXT COMMA broker=TEXT
    ;

dropEventNotification : DROP EVENT NOTIFICATION simpleName (COMMA simpleName)* ON notificationScope ;

notificationScope : SERVER | DATABASE | QUEUE objectName ;

createXmlSchemaCollection : CREATE XML SCHEMA COLLECTION objectName authorization? AS (TEXT | VARIABLE) ;

alterXmlSchemaCollection : ALTER XML SCHEMA COLLECTION objectName ADD (TEXT | VARIABLE) ;

createProcedure
    : (CREATE | ALTER | CREATE OR ALTER) (PROC | PROCEDURE) objectName
        (parameters | LEFT_PAREN parameters RIGHT_PAREN)?
        (WITH executionContext)?
        AS statements
    ;

executionContext : EXECUTE AS (CALLER | SELF | OWNER | TEXT) ;

parameters : parameter (COMMA parameter)* ;

parameter : VARIABLE AS? typeName (EQUAL constant)? (OUT | OUTPUT | READONLY)? ;

drop
    : DROP droppedKind (IF EXISTS)? objectName
    | DROP (DATABASE | PROC | PROCEDURE) (IF EXISTS)? objectName (COMMA objectName)*
    | DROP MASTER KEY
    ;

droppedKind
    : MESSAGE TYPE
    | CONTRACT
    | QUEUE
    | SERVICE
    | ROUTE
    | REMOTE SERVICE BINDING
    | BROKER PRIORITY
    | XML SCHEMA COLLECTION
    | ENDPOINT
    | CERTIFICATE
    | USER
    | LOGIN
    ;

// ---- Databases and endpoints

createDatabase
    : CREATE DATABASE name
        (ON PRIMARY? databaseFile (COMMA databaseFile)*)?
        (LOG ON logs+=databaseFile (COMMA logs+=databaseFile)*)?
        (FOR ATTACH)?
        (WITH databaseOption (COMMA databaseOption)*)?
    ;

databaseFile : LEFT_PAREN fileOption (COMMA fileOption)* RIGHT_PAREN ;

fileOption : word EQUAL (word | DELIMITED | TEXT | INTEGER (word | PERCENT)?) ;

alterDatabase
    : ALTER DATABASE (CURRENT | name) SET databaseOption (COMMA databaseOption)* (WITH termination)?
    ;

databaseOption
    : ENABLE_BROKER
    | DISABLE_BROKER
    | NEW_BROKER
    | ERROR_BROKER_CONVERSATIONS
    | TRUSTWORTHY EQUAL? onOff
    | HONOR_BROKER_PRIORITY EQUAL? onOff
    | BROKER_INSTANCE EQUAL TEXT
    ;

termination : ROLLBACK IMMEDIATE | ROLLBACK AFTER INTEGER SECONDS? | NO_WAIT ;

createEndpoint
    : CREATE ENDPOINT name authorization? (STATE EQUAL endpointState)?
        AS TCP tcpOptions FOR SERVICE_BROKER brokerOptions
    ;

alterEndpoint
    : ALTER ENDPOINT name authorization? (STATE EQUAL endpointState)?
        (AS TCP tcpOptions)? (FOR SERVICE_BROKER brokerOptions)?
    ;

endpointState : STARTED | STOPPED | DISABLED ;

tcpOptions : LEFT_PAREN tcpOption (COMMA tcpOption)* RIGHT_PAREN ;

tcpOption
    : LISTENER_PORT EQUAL port=INTEGER
    | LISTENER_IP EQUAL (ALL | LEFT_PAREN (TEXT | address) RIGHT_PAREN)
    ;

address : (DECIMAL | INTEGER | DOT)+ ;

brokerOptions : LEFT_PAREN (brokerOption (COMMA brokerOption)*)? RIGHT_PAREN ;

brokerOption
    : AUTHENTICATION EQUAL authentication+
    | ENCRYPTION EQUAL (DISABLED | (SUPPORTED | REQUIRED) (ALGORITHM algorithm+)?)
    | MESSAGE_FORWARDING EQUAL (ENABLED | DISABLED)
    | MESSAGE_FORWARD_SIZE EQUAL INTEGER
    ;

algorithm : AES | RC4 ;

authentication : WINDOWS (NTLM | KERBEROS | NEGOTIATE)? | CERTIFICATE name ;

// ---- Principals, permissions, keys

createUser : CREATE USER user=name userForm? (WITH DEFAULT_SCHEMA EQUAL schema=name)? ;

userForm
    : WITHOUT LOGIN
    | (FOR | FROM) (LOGIN | CERTIFICATE) subject=name
    | WITH PASSWORD EQUAL TEXT (COMMA DEFAULT_SCHEMA EQUAL schema=name)?
    ;

alterUser : ALTER USER name WITH userChange (COMMA userChange)* ;

userChange : PASSWORD EQUAL TEXT | DEFAULT_SCHEMA EQUAL name | LOGIN EQUAL name ;

createLogin : CREATE LOGIN login=name (WITH PASSWORD EQUAL TEXT | FROM CERTIFICATE certificate=name) ;

alterLogin : ALTER LOGIN name (ENABLE | DISABLE | WITH PASSWORD EQUAL TEXT) ;

alterRole : ALTER ROLE role=name (ADD | DROP) MEMBER member=name ;

grant : GRANT permissions (ON securable)? TO principals (WITH GRANT OPTION)? ;

deny : DENY permissions (ON securable)? TO principals CASCADE? ;

revoke : REVOKE (GRANT OPTION FOR)? permissions (ON securable)? (TO | FROM) principals CASCADE? ;

permissions : permission (COMMA permission)* ;

permission : permissionWord+ ;

permissionWord
    : word
    | ALL
    | ALTER
    | ANY
    | AUTHORIZATION
    | BACKUP
    | CREATE
    | DATABASE
    | DEFAULT
    | DELETE
    | EXECUTE
    | INSERT
    | PROCEDURE
    | REFERENCES
    | SCHEMA
    | SELECT
    | TABLE
    | UPDATE
    | USER
    | VIEW
    ;

securable : (securableKind COLON COLON)? objectName ;

securableKind
    : MESSAGE TYPE
    | CONTRACT
    | QUEUE
    | SERVICE
    | ROUTE
    | REMOTE SERVICE BINDING
    | XML SCHEMA COLLECTION
    | OBJECT
    | ENDPOINT
    | CERTIFICATE
    | DATABASE
    | LOGIN
    | ROLE
    | SCHEMA
    | USER
    ;

principals : principal (COMMA principal)* ;

principal : name | PUBLIC ;

alterAuthorization : ALTER AUTHORIZATION ON securable TO (SCHEMA OWNER | principal) ;

createMasterKey : CREATE MASTER KEY ENCRYPTION BY PASSWORD EQUAL TEXT ;

alterMasterKey
    : ALTER MASTER KEY
        ( FORCE? REGENERATE WITH ENCRYPTION BY PASSWORD EQUAL TEXT
        | (ADD | DROP) ENCRYPTION BY (SERVICE MASTER KEY | PASSWORD EQUAL TEXT)
        )
    ;

openMasterKey : OPEN MASTER KEY DECRYPTION BY PASSWORD EQUAL TEXT ;

closeMasterKey : CLOSE MASTER KEY ;

createCertificate
    : CREATE CERTIFICATE name authorization?
        ( FROM FILE EQUAL TEXT (WITH privateKey)?
        | FROM BINARY EQUAL BYTES (WITH privateKey)?
        | WITH SUBJECT EQUAL TEXT (COMMA certificateDate)*
        )
        activeForBeginDialog?
    ;

certificateDate : (START_DATE | EXPIRY_DATE) EQUAL TEXT ;

alterCertificate : ALTER CERTIFICATE name WITH (privateKey | activeForBeginDialog) ;

backupCertificate : BACKUP CERTIFICATE name TO FILE EQUAL TEXT (WITH privateKey)? ;

privateKey : PRIVATE KEY LEFT_PAREN privateKeyOption (COMMA privateKeyOption)* RIGHT_PAREN ;

privateKeyOption
    : FILE EQUAL TEXT
    | (DECRYPTION | ENCRYPTION) BY PASSWORD EQUAL TEXT
    ;

activeForBeginDialog : ACTIVE FOR BEGIN_DIALOG EQUAL? onOff ;

// ---- Names

objectName : name (DOT+ name)* ;

simpleName : objectName ;

nameOrVariable : simpleName | VARIABLE ;

name : bareName | CAST | GET | MOVE | RECEIVE | SEND | THROW | TRY_CAST ;

bareName : IDENTIFIER | DELIMITED | QUOTED | unreserved ;

word : IDENTIFIER | unreserved | CAST | GET | MOVE | RECEIVE | SEND | THROW | TRY_CAST ;

onOff : ON | OFF ;

// ---- Keywords that are names too

unreserved
    : ACTION
    | ACTIVATION
    | ACTIVE
    | ADDRESS
    | AES
    | AFTER
    | ALGORITHM
    | ANONYMOUS
    | ATTACH
    | AUTHENTICATION
    | BEGIN_DIALOG
    | BINARY
    | BINDING
    | BROKER
    | BROKER_INSTANCE
    | CALLER
    | CATCH
    | CERTIFICATE
    | CLEANUP
    | COLLECTION
    | COMMITTED
    | CONTRACT
    | CONTRACT_NAME
    | CONVERSATION
    | CONVERSATION_GROUP_ID
    | CONVERSATION_HANDLE
    | DECRYPTION
    | DEFAULT_SCHEMA
    | DELAY
    | DESCRIPTION
    | DIALOG
    | DISABLE
    | DISABLED
    | DISABLE_BROKER
    | DISABLE_QUEUE
    | EMPTY
    | ENABLE
    | ENABLED
    | ENABLE_BROKER
    | ENCRYPTION
    | ENDPOINT
    | ERROR
    | ERROR_BROKER_CONVERSATIONS
    | EVENT
    | EXPIRY_DATE
    | FAN_IN
    | FIRST
    | FORCE
    | HONOR_BROKER_PRIORITY
    | IMMEDIATE
    | INITIATOR
    | ISOLATION
    | KERBEROS
    | LEVEL
    | LIFETIME
    | LISTENER_IP
    | LISTENER_PORT
    | LOB_COMPACTION
    | LOCAL_SERVICE_NAME
    | LOG
    | LOGIN
    | MASTER
    | MAX
    | MAXDOP
    | MAX_QUEUE_READERS
    | MEMBER
    | MESSAGE
    | MESSAGE_FORWARDING
    | MESSAGE_FORWARD_SIZE
    | MIRROR_ADDRESS
    | NEGOTIATE
    | NEW_BROKER
    | NEXT
    | NO
    | NONE
    | NOTIFICATION
    | NOWAIT
    | NO_WAIT
    | NTLM
    | OBJECT
    | OFFSET
    | ONLY
    | OUT
    | OUTPUT
    | OWNER
    | PASSWORD
    | POISON_MESSAGE_HANDLING
    | PRIORITY
    | PRIORITY_LEVEL
    | PRIVATE
    | PROCEDURE_NAME
    | QUEUE
    | RC4
    | READONLY
    | REBUILD
    | REDELIVERY_DELAY
    | REGENERATE
    | RELATED_CONVERSATION
    | RELATED_CONVERSATION_GROUP
    | REMOTE
    | REMOTE_SERVICE_NAME
    | REORGANIZE
    | REPEATABLE
    | REQUIRED
    | RETENTION
    | ROLE
    | ROUTE
    | ROW
    | ROWS
    | SECONDS
    | SELF
    | SENT
    | SERIALIZABLE
    | SERVER
    | SERVICE
    | SERVICE_BROKER
    | SERVICE_NAME
    | SETERROR
    | SNAPSHOT
    | STARTED
    | START_DATE
    | STATE
    | STATUS
    | STOPPED
    | SUBJECT
    | SUPPORTED
    | SUSPEND_GROUP
    | TARGET
    | TCP
    | TIME
    | TIMEOUT
    | TIMER
    | TRUSTWORTHY
    | TRY
    | TYPE
    | UNCOMMITTED
    | VALIDATION
    | VALID_XML
    | WELL_FORMED_XML
    | WINDOWS
    | WITHOUT
    | WORK
    | XML
    ;
