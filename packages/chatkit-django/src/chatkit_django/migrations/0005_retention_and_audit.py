from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chatkit_django", "0004_sessions_and_limits")]

    operations = []
