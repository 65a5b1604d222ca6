# sqlcipher3 ships no types; its module has the shape of the standard library's.
from sqlite3.dbapi2 import *
from sqlite3.dbapi2 import Connection as Connection
from sqlite3.dbapi2 import Error as Error
