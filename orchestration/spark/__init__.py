"""The engine for what outgrows one machine: reading, conforming and gating on Apache Spark. Imported only where it is asked for."""
